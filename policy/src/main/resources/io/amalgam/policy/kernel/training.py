  # ---- Features of scored positions, their gradient, and the optimiser -------------------------
  # Forward and backward are written by hand and run without an autograd graph: gradients are added
  # to given buffers, activations are freed layer by layer. A frozen weight's gradient is empty.

  # g += dyT x
  def accumulate(self: __torch__.Kernels, g: Tensor, dy: Tensor, x: Tensor) -> Tensor:
    if g.size(0) == 0:
      return g
    if g.dtype == dy.dtype:
      return torch.addmm(g, torch.t(dy), x, beta=1, alpha=1, out=g)
    return torch.add_(g, torch.mm(torch.t(dy), x))

  # Exponents of a chunk of logits: [z - max floored at -80, its exp, sum, log of the sum]. With
  # truncation the exp of a token that is no target and less probable than its row's support is 0.
  # limits = [thresholds of the collapse, supports] [C, 2]
  def exponents(self: __torch__.Kernels, lg: Tensor, targets: Tensor, limits: Tensor, temperature: float, truncated: bool) -> List[Tensor]:
    z = lg.to(6)
    if temperature != 1.:
      z = torch.mul(z, 1. / temperature)
    zc = torch.clamp_min_(torch.sub(z, torch.amax(z, [1], True)), -80.)
    e = torch.exp(zc)
    Z = torch.sum(e, [1], True)
    if truncated:
      dropped = torch.lt(e, torch.mul(Z, torch.narrow(limits, 1, 1, 1)))
      _0 = torch.scatter_(dropped, 1, targets, False)
      e = torch.masked_fill_(e, dropped, 0.)
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
    entropy = x[3] - torch.div(torch.sum(torch.mul(e, zc), [1], True), Z)
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

  # The last hidden states of the scored positions after the last norm, [M, D], without activations.
  # batch is that of `forward`
  def scored_hidden(self: __torch__.Kernels, w: List[Tensor], tables: List[Tensor], batch: List[Tensor], groups: List[Tensor], sizes: List[int], shape: List[int], layers: List[int]) -> Tensor:
    x = self.mixture(w[0], batch[0], batch[1], shape)
    N = x.size(0)
    h2 = shape[2] // 2
    c = torch.embedding(tables[0], batch[2]).view([N, 1, 1, h2])
    s = torch.embedding(tables[1], batch[2]).view([N, 1, 1, h2])
    for l in range(len(layers) // 2):
      x = self.layer(x, w, l, c, s, tables[2], groups, sizes, shape, layers)[0]
    last = torch.index_select(x, 0, batch[3])
    return self.normed(last, self.inverse_rms(last, tables[2]), w[1])

  # features of all scored positions from `scored_hidden` and the head
  def head_features(self: __torch__.Kernels, h: Tensor, head: Tensor, batch: List[Tensor], chunk: int, temperature: float, collapsing: bool, truncated: bool) -> Tensor:
    M = h.size(0)
    f = annotate(List[Tensor], [])
    for i in range((M + chunk - 1) // chunk):
      a = i * chunk
      b = ops.prim.min(M, a + chunk)
      _0 = torch.append(f, self.features(self.head(h[a:b], head, False), batch[4][a:b], batch[5][a:b], temperature, collapsing, truncated))
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

  # Features of all scored positions and what the backward pass needs:
  # [[features [M, 2 slots + 3], KL [M, 1] with a reference],
  #  [scored last hidden states before the norm], layer 0, layer 1, ...]
  # batch = [ids [N, k], weights [N, k] and what is added, positions [N], scored [M], targets [M, slots], limits [M, 2]]
  # chunk: scored positions whose logits exist at one time, once per model
  # reference = [hidden states of `scored_hidden`, head] of the reference, or two empty tensors
  def forward(self: __torch__.Kernels, w: List[Tensor], tables: List[Tensor], batch: List[Tensor], groups: List[Tensor], sizes: List[int], shape: List[int], layers: List[int], chunk: int, temperature: float, collapsing: bool, truncated: bool, recompute: bool, reference: List[Tensor]) -> List[List[Tensor]]:
    x = self.mixture(w[0], batch[0], batch[1], shape)
    N = x.size(0)
    M = batch[3].size(0)
    h2 = shape[2] // 2
    c = torch.embedding(tables[0], batch[2]).view([N, 1, 1, h2])
    s = torch.embedding(tables[1], batch[2]).view([N, 1, 1, h2])
    kept = annotate(List[List[Tensor]], [])
    for l in range(len(layers) // 2):
      y = self.layer(x, w, l, c, s, tables[2], groups, sizes, shape, layers)
      if recompute:
        _0 = torch.append(kept, [x])
      else:
        _0 = torch.append(kept, y[3:])
      x = y[0]
    last = torch.index_select(x, 0, batch[3])
    h = self.normed(last, self.inverse_rms(last, tables[2]), w[1])
    f = annotate(List[Tensor], [])
    kl = annotate(List[Tensor], [])
    for i in range((M + chunk - 1) // chunk):
      a = i * chunk
      b = ops.prim.min(M, a + chunk)
      lg = self.head(h[a:b], w[2], False)
      _1 = torch.append(f, self.features(lg, batch[4][a:b], batch[5][a:b], temperature, collapsing, truncated))
      if reference[0].size(0) > 0:
        _3 = torch.append(kl, self.divergence(lg, self.head(reference[0][a:b], reference[1], False), batch[4][a:b], batch[5][a:b], temperature, truncated)[2])
    first = annotate(List[Tensor], [torch.cat(f, 0)])
    if reference[0].size(0) > 0:
      _4 = torch.append(first, torch.cat(kl, 0))
    out = annotate(List[List[Tensor]], [first, [last]])
    for l in range(len(kept)):
      _2 = torch.append(out, kept[l])
    return out

  def pick(self: __torch__.Kernels, saved: List[List[Tensor]], i: int, j: int) -> Tensor:
    return saved[i][j]

  # RMS norm backward: adds the weight's gradient, returns the input's
  def normed_backward(self: __torch__.Kernels, dh: Tensor, x: Tensor, r: Tensor, w: Tensor, gw: Tensor) -> Tensor:
    xh = torch.mul(x, r)
    t = torch.mul(dh, xh)
    if gw.size(0) > 0:
      _0 = torch.add_(gw, torch.sum(t, [0]))
    m = torch.mul(torch.mv(t.to(6), w.to(6)), -1. / x.size(1)).unsqueeze(1)
    d = torch.addcmul_(torch.mul(dh, w).to(6), xh, m)
    return torch.mul_(d, r).to(x.dtype)

  # gradient of attend's query-key and value inputs, [N, (nh + 2 nkv) hd]
  def attend_backward(self: __torch__.Kernels, da: Tensor, sv: List[Tensor], groups: List[Tensor], sizes: List[int], shape: List[int], window: int) -> Tensor:
    nh = shape[0]
    nkv = shape[1]
    hd = shape[2]
    N = da.size(0)
    g = nh // nkv
    width = (nh + 2 * nkv) * hd
    packed = da
    for i in range(len(sizes) // 3):
      n = sizes[3 * i]
      S = sizes[3 * i + 1]
      whole = groups[3 * i].size(0) == 0
      if whole:
        d = da
      else:
        # padded slots get no gradient
        d = torch.zeros([n * S, nh * hd], dtype=da.dtype, device=da.device)
        _0 = torch.index_copy_(d, 0, groups[3 * i + 1], torch.index_select(da, 0, groups[3 * i + 2]))
      o = 7 + 5 * i
      d = d.view([n, S, nh, hd]).transpose(1, 2)
      t = self.attention_backward(d, sv[o], sv[o + 1], sv[o + 2], sv[o + 3], sv[o + 4], window, shape[5] == 1)
      dk = t[1]
      dv = t[2]
      if g > 1:
        dk = torch.sum(dk.view([n, nkv, g, S, hd]), [2])
        dv = torch.sum(dv.view([n, nkv, g, S, hd]), [2])
      y = torch.cat([t[0], dk, dv], 1).transpose(1, 2).reshape([n * S, width])
      if whole:
        packed = y
      else:
        if i == 0:
          packed = torch.empty([N, width], dtype=da.dtype, device=da.device)
        _1 = torch.index_copy_(packed, 0, groups[3 * i + 2], torch.index_select(y, 0, groups[3 * i + 1]))
    return packed

  # adds the gradient of a bias; g may be empty
  def bias_gradient(self: __torch__.Kernels, g: Tensor, dy: Tensor) -> Tensor:
    if g.size(0) == 0:
      return g
    return torch.add_(g, torch.sum(dy, [0]))

  # One layer backward: gradient of its output in, of its input out.
  # sv = [input, inverse rms, raw queries and keys, attention, middle, inverse rms, gate and up, groups ...]
  # ad, ga, targets, scale: as for `adapt`
  def layer_backward(self: __torch__.Kernels, d3: Tensor, sv: List[Tensor], w: List[Tensor], gr: List[Tensor], l: int, c: Tensor, s: Tensor, eps: Tensor, groups: List[Tensor], sizes: List[int], shape: List[int], layers: List[int], ad: List[Tensor], ga: List[Tensor], targets: List[int], scale: float) -> Tensor:
    nh = shape[0]
    nkv = shape[1]
    hd = shape[2]
    o = 3 + 13 * l
    N = d3.size(0)
    h2 = nh + nkv
    x = sv[0]
    r1 = sv[1]
    x2 = sv[4]
    r2 = sv[5]
    I = sv[6].size(1) // 2
    gate = torch.narrow(sv[6], 1, 0, I)
    up = torch.narrow(sv[6], 1, I, I)
    sg = torch.silu(gate)
    _11 = self.bias_gradient(gr[o + 12], d3)
    _0 = self.learn(gr[o + 8], d3, torch.mul(sg, up), ad, ga, 8 * l + 6, targets, 6, 1, scale)
    dt = torch.mm(d3, w[o + 8])
    dgu = torch.empty_like(sv[6])
    _1 = torch.mul(sg, dt, out=torch.narrow(dgu, 1, I, I))
    _2 = torch.copy_(torch.narrow(dgu, 1, 0, I), torch.silu_backward(torch.mul_(dt, up), gate))
    _12 = self.bias_gradient(gr[o + 10], dgu)
    _3 = self.learn(gr[o + 7], dgu, self.normed(x2, r2, w[o + 6]), ad, ga, 8 * l + 4, targets, 4, 2, scale)
    d2 = torch.add_(self.normed_backward(torch.mm(dgu, w[o + 7]), x2, r2, w[o + 6], gr[o + 6]), d3)
    _13 = self.bias_gradient(gr[o + 11], d2)
    _4 = self.learn(gr[o + 5], d2, sv[3], ad, ga, 8 * l + 2, targets, 3, 1, scale)
    dqkv = self.attend_backward(torch.mm(d2, w[o + 5]), sv, groups, sizes, shape, shape[4] * layers[2 * l + 1])
    dqk = torch.narrow(dqkv, 1, 0, h2 * hd)
    if layers[2 * l] == 1:
      _5 = torch.copy_(dqk, self.rotate(dqk.view([N, h2, 2, hd // 2]), c, torch.neg(s)).view([N, h2 * hd]))
    if w[o + 3].size(0) > 0:
      raw = sv[2]
      r = self.inverse_rms(raw, eps)
      dh = dqk.reshape([N, h2, hd])
      xh = torch.mul(raw, r)
      hw = self.head_norm_weight(w, o, nh, nkv)
      t = torch.mul(dh, xh)
      if gr[o + 3].size(0) > 0:
        gw = torch.sum(t, [0])
        _6 = torch.add_(gr[o + 3], torch.sum(torch.narrow(gw, 0, 0, nh), [0]))
        _7 = torch.add_(gr[o + 4], torch.sum(torch.narrow(gw, 0, nh, nkv), [0]))
      m = torch.mean(torch.mul(t, hw), [2], True)
      draw = torch.mul_(torch.sub_(torch.mul(dh, hw), torch.mul_(xh, m)), r)
      _8 = torch.copy_(dqk, draw.view([N, h2 * hd]))
    _9 = self.bias_gradient(gr[o + 2], dqkv)
    _10 = self.learn(gr[o + 1], dqkv, self.normed(x, r1, w[o]), ad, ga, 8 * l, targets, 0, 3, scale)
    return torch.add_(self.normed_backward(torch.mm(dqkv, w[o + 1]), x, r1, w[o], gr[o]), d2)

  # Adds the gradient of every weight to gr, of adapters to ga; empties `saved` layer by layer.
  # reference = that of `forward`, and the gradient of KL [M, 1], divided by the temperature
  # ad, ga: adapters and their gradients, both empty lists without; targets, scale: as for `adapt`
  def backward(self: __torch__.Kernels, w: List[Tensor], gr: List[Tensor], saved: List[List[Tensor]], G: Tensor, tables: List[Tensor], batch: List[Tensor], groups: List[Tensor], sizes: List[int], shape: List[int], layers: List[int], chunk: int, temperature: float, which: List[int], reference: List[Tensor], ad: List[Tensor], ga: List[Tensor], targets: List[int], scale: float) -> int:
    ids = batch[0]
    N = ids.size(0)
    M = batch[3].size(0)
    h2 = shape[2] // 2
    D = w[0].size(1)
    c = torch.embedding(tables[0], batch[2]).view([N, 1, 1, h2])
    s = torch.embedding(tables[1], batch[2]).view([N, 1, 1, h2])
    last = saved[1][0]
    r = self.inverse_rms(last, tables[2])
    h = self.normed(last, r, w[1])
    dh = torch.empty_like(h)
    for i in range((M + chunk - 1) // chunk):
      a = i * chunk
      b = ops.prim.min(M, a + chunk)
      hc = h[a:b]
      lg = self.head(hc, w[2], False)
      p = self.feature_gradient(lg, batch[4][a:b], batch[5][a:b], G[a:b], temperature, which)
      if reference[0].size(0) > 0:
        p = torch.add_(p, self.divergence_gradient(lg, self.head(reference[0][a:b], reference[1], False), batch[4][a:b], batch[5][a:b], reference[2][a:b], temperature, which[3] == 1))
      p = p.to(h.dtype)
      _0 = torch.copy_(dh[a:b], torch.mm(p, w[2]))
      _1 = self.accumulate(gr[2], p, hc)
    d = torch.zeros([N, D], dtype=h.dtype, device=h.device)
    _2 = torch.index_add_(d, 0, batch[3], self.normed_backward(dh, last, r, w[1], gr[1]))
    for j in range(len(layers) // 2):
      l = len(layers) // 2 - 1 - j
      sv = torch.pop(saved)
      if len(sv) == 1:
        sv = self.layer(sv[0], w, l, c, s, tables[2], groups, sizes, shape, layers)[3:]
      d = self.layer_backward(d, sv, w, gr, l, c, s, tables[2], groups, sizes, shape, layers, ad, ga, targets, scale)
    if gr[0].size(0) > 0:
      _3 = self.mixture_backward(d, w[0], ids, batch[1], shape, gr[0])
    return N

