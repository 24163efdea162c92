  # ---- Features of logits and their gradient ----------------------------------------------------
  # Logits exist for chunk[0] rows at one time, in one buffer, and are widened to f32 for chunk[1] of
  # them: on a processor so few that what is made of them stays in its cache.

  # a buffer for a chunk of logits
  def logit_place(self: __torch__.Kernels, h: Tensor, head: Tensor, chunk: List[int]) -> Tensor:
    return torch.empty([ops.prim.min(h.size(0), chunk[0]), head.size(0)], dtype=h.dtype, device=h.device)

  # h headT in the buffer; the numbers are those of `product`
  def head_into(self: __torch__.Kernels, h: Tensor, head: Tensor, place: Tensor) -> Tensor:
    n = h.size(0)
    if n == 1:
      return self.product(h, head, torch.narrow(h, 0, 0, 0))
    return torch.mm(h, torch.t(head), out=torch.narrow(place, 0, 0, n))

  # first row of piece i of n rows in pieces of `rows`; the last piece takes the remainder as well,
  # so that it is never a single row, which is summed in another order
  def piece_start(self: __torch__.Kernels, i: int, n: int, rows: int) -> int:
    if i > 0 and i >= n // rows:
      return n
    return i * rows

  def piece_count(self: __torch__.Kernels, n: int, rows: int) -> int:
    if n < rows:
      return 1
    return n // rows

  # `features` of a chunk, by pieces
  def chunk_features(self: __torch__.Kernels, lg: Tensor, targets: Tensor, limits: Tensor, rows: int, temperature: float, collapsing: bool, truncated: bool) -> Tensor:
    n = lg.size(0)
    f = annotate(List[Tensor], [])
    for i in range(self.piece_count(n, rows)):
      a = self.piece_start(i, n, rows)
      b = self.piece_start(i + 1, n, rows)
      _0 = torch.append(f, self.features(lg[a:b], targets[a:b], limits[a:b], temperature, collapsing, truncated))
    return torch.cat(f, 0)

  # the KL divergences [C, 1] of a chunk, by pieces
  def chunk_divergence(self: __torch__.Kernels, lg: Tensor, reference: Tensor, targets: Tensor, limits: Tensor, rows: int, temperature: float, truncated: bool) -> Tensor:
    n = lg.size(0)
    f = annotate(List[Tensor], [])
    for i in range(self.piece_count(n, rows)):
      a = self.piece_start(i, n, rows)
      b = self.piece_start(i + 1, n, rows)
      _0 = torch.append(f, self.divergence(lg[a:b], reference[a:b], targets[a:b], limits[a:b], temperature, truncated)[2])
    return torch.cat(f, 0)

  # writes the gradient over the logits of a chunk, by pieces. reference: logits of the reference and
  # the gradient of KL [C, 1], or an empty list
  def chunk_gradient(self: __torch__.Kernels, lg: Tensor, reference: List[Tensor], targets: Tensor, limits: Tensor, G: Tensor, rows: int, temperature: float, which: List[int]) -> Tensor:
    n = lg.size(0)
    for i in range(self.piece_count(n, rows)):
      a = self.piece_start(i, n, rows)
      b = self.piece_start(i + 1, n, rows)
      d = self.feature_gradient(lg[a:b], targets[a:b], limits[a:b], G[a:b], temperature, which)
      if len(reference) > 0:
        d = torch.add_(d, self.divergence_gradient(lg[a:b], reference[0][a:b], targets[a:b], limits[a:b], reference[1][a:b], temperature, which[3] == 1))
      _0 = torch.copy_(lg[a:b], d)
    return lg

  # Exponents of a chunk of logits: [z - max floored at -80, its exp, sum, log of the sum]. With
  # truncation the exp of a token that is no target and less probable than its row's support is 0.
  # limits = [thresholds of the collapse, supports] [C, 2]
  def exponents(self: __torch__.Kernels, lg: Tensor, targets: Tensor, limits: Tensor, temperature: float, truncated: bool) -> List[Tensor]:
    z = torch.copy_(torch.empty_like(lg, dtype=6), lg)
    if temperature != 1.:
      z = torch.mul_(z, 1. / temperature)
    zc = torch.clamp_min_(torch.sub_(z, torch.amax(z, [1], True)), -80.)
    e = torch.exp(zc)
    Z = torch.sum(e, [1], True)
    if truncated:
      kept = self.at_least(e, torch.mul(Z, torch.narrow(limits, 1, 1, 1)))
      e = torch.mul_(e, torch.scatter_(kept, 1, targets, 1.))
      Z = torch.sum(e, [1], True)
    return [zc, e, Z, torch.log(Z)]

  # Features [C, 2 slots + 3] of a chunk: log-probabilities of the targets, log remaining masses,
  # log below, log odds below, entropy.
  def features(self: __torch__.Kernels, lg: Tensor, targets: Tensor, limits: Tensor, temperature: float, collapsing: bool, truncated: bool) -> Tensor:
    x = self.exponents(lg, targets, limits, temperature, truncated)
    thresholds = torch.narrow(limits, 1, 0, 1)
    zc = x[0]
    e = x[1]
    Z = x[2]
    k = targets.size(1)
    cols = [torch.gather(zc, 1, targets) - x[3], torch.zeros_like(Z)]
    entropy = x[3] - torch.div(torch.sum(torch.mul_(zc, e), [1], True), Z)
    below = torch.log(torch.zeros_like(Z))
    odds = below
    if collapsing:
      small = self.below(e, torch.mul(Z, thresholds))
      _0 = torch.scatter_(small, 1, torch.narrow(targets, 1, 0, 1), 0.)
      below = torch.log(torch.sum(small, [1], True)) - x[3]
      odds = torch.log(torch.sum(torch.div(small, torch.sub(Z, small)), [1], True))
    for j in range(1, k):
      _1 = torch.scatter_(e, 1, torch.narrow(targets, 1, j - 1, 1), 0.)
      _2 = torch.append(cols, torch.log(torch.sum(e, [1], True)) - x[3])
    _3 = torch.append(cols, below)
    _4 = torch.append(cols, odds)
    _5 = torch.append(cols, entropy)
    return torch.cat(cols, 1)

  # Gradient of the loss with respect to a chunk of logits. G: [C, 2 slots + 3] gradient of the
  # features, already divided by the temperature. With p = softmax(z):
  #   log p(s)          e_s - p
  #   log remaining     p outside the earlier targets / its sum - p
  #   log below         p in C / its sum - p
  #   log odds below    [p/(1-p)^2 in C - p sum_C p/(1-p)^2] / sum_C p/(1-p)
  #   entropy           -p (log p + H)
  # which = [any remaining, any below or odds, any entropy, any truncation]
  def feature_gradient(self: __torch__.Kernels, lg: Tensor, targets: Tensor, limits: Tensor, G: Tensor, temperature: float, which: List[int]) -> Tensor:
    x = self.exponents(lg, targets, limits, temperature, which[3] == 1)
    thresholds = torch.narrow(limits, 1, 0, 1)
    k = targets.size(1)
    gl = torch.narrow(G, 1, 0, k)
    share = torch.neg(torch.sum(gl, [1], True))
    if which[0] + which[1] + which[2] == 0:
      d = torch.mul_(x[1], torch.div(share, x[2]))
      return torch.scatter_add_(d, 1, targets, gl)
    p = torch.div(x[1], x[2])
    d = torch.mul(p, share)
    if which[2] == 1:
      gh = torch.narrow(G, 1, 2 * k + 2, 1)
      lp = torch.sub_(x[0], x[3])
      h = torch.neg(torch.sum(torch.mul(p, lp), [1], True))
      d = torch.sub_(d, torch.mul(torch.mul_(torch.add_(lp, h), p), gh))
    if which[1] == 1:
      gb = torch.narrow(G, 1, 2 * k, 1)
      go = torch.narrow(G, 1, 2 * k + 1, 1)
      small = self.below(p, thresholds)
      _0 = torch.scatter_(small, 1, torch.narrow(targets, 1, 0, 1), 0.)
      rest = torch.rsub(small, 1.)
      odds = torch.div(small, rest)
      b = torch.sum(small, [1], True)
      o = torch.sum(odds, [1], True)
      odds = torch.div_(odds, rest)
      empty = torch.le(b, 0.)
      cb = torch.masked_fill(torch.div(gb, b), empty, 0.)
      co = torch.masked_fill(torch.div(go, o), empty, 0.)
      base = torch.masked_fill(gb, empty, 0.) + torch.mul(co, torch.sum(odds, [1], True))
      d = torch.add_(torch.add_(torch.sub_(d, torch.mul(p, base)), torch.mul_(small, cb)), torch.mul_(odds, co))
    if which[0] == 1:
      gr = torch.narrow(G, 1, k, k)
      d = torch.sub_(d, torch.mul(p, torch.sum(torch.narrow(gr, 1, 1, k - 1), [1], True)))
      for j in range(1, k):
        _1 = torch.scatter_(p, 1, torch.narrow(targets, 1, j - 1, 1), 0.)
        d = torch.add_(d, torch.mul(p, torch.div(torch.narrow(gr, 1, j, 1), torch.clamp_min(torch.sum(p, [1], True), 1e-35))))
    return torch.scatter_add_(d, 1, targets, gl)

  # features of all scored positions from `scored_hidden` and the head
  def head_features(self: __torch__.Kernels, h: Tensor, head: Tensor, batch: List[Tensor], chunk: List[int], temperature: float, collapsing: bool, truncated: bool) -> Tensor:
    M = h.size(0)
    place = self.logit_place(h, head, chunk)
    f = annotate(List[Tensor], [])
    for i in range((M + chunk[0] - 1) // chunk[0]):
      a = i * chunk[0]
      b = ops.prim.min(M, a + chunk[0])
      lg = self.head_into(h[a:b], head, place)
      _0 = torch.append(f, self.chunk_features(lg, batch[4][a:b], batch[5][a:b], chunk[1], temperature, collapsing, truncated))
    return torch.cat(f, 0)

  # KL divergence of the policy from a reference for a chunk of logits of both:
  # [probabilities p, log p - log reference, KL [C, 1]]. With truncation both are renormalised over
  # what the policy's row keeps. Both logarithms are floored 80 below the row's largest.
  def divergence(self: __torch__.Kernels, lg: Tensor, reference: Tensor, targets: Tensor, limits: Tensor, temperature: float, truncated: bool) -> List[Tensor]:
    x = self.exponents(lg, targets, limits, temperature, truncated)
    z = reference.to(6)
    if temperature != 1.:
      z = torch.mul(z, 1. / temperature)
    if truncated:
      dropped = torch.eq(x[1], 0.)
      z = torch.masked_fill(z, dropped, -inf)
      zc = torch.clamp_min_(torch.sub(z, torch.amax(z, [1], True)), -80.)
      Z = torch.sum(torch.masked_fill_(torch.exp(zc), dropped, 0.), [1], True)
    else:
      zc = torch.clamp_min_(torch.sub(z, torch.amax(z, [1], True)), -80.)
      Z = torch.sum(torch.exp(zc), [1], True)
    p = torch.div(x[1], x[2])
    d = torch.sub_(torch.sub_(x[0], x[3]), torch.sub_(zc, torch.log(Z)))
    return [p, d, torch.sum(torch.mul(p, d), [1], True)]

  # p (log p - log reference - KL): gradient of G [C, 1] times KL with respect to the policy's logits
  def divergence_gradient(self: __torch__.Kernels, lg: Tensor, reference: Tensor, targets: Tensor, limits: Tensor, G: Tensor, temperature: float, truncated: bool) -> Tensor:
    t = self.divergence(lg, reference, targets, limits, temperature, truncated)
    return torch.mul_(torch.mul_(torch.sub_(t[1], t[2]), t[0]), G)

