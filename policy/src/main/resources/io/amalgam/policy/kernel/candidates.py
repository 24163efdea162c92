  # ---- Candidates: what a mixture method wants to know about rows of logits ----------------------
  # Passes over the vocabulary are made for a few rows at a time and leave a number per row or per
  # block of the vocabulary; draws and lists of the largest are found in these for all rows together,
  # and the blocks they fall into are computed again from their logits.

  # blocks of the vocabulary that sums are kept of: 1 where it is small, else the largest power of two
  # up to 64 or 256 that divides it; 128 where none above 8 does
  def block_size(self: __torch__.Kernels, v: int) -> int:
    if v <= 128:
      return 1
    block = 256
    if v <= 1024:
      block = 64
    while block > 16 and v % block != 0:
      block = block // 2
    if v % block != 0:
      block = 128
    return block

  # blocks that maxima are kept of: so small that few candidates for a list lie in as many of them
  def maximum_block(self: __torch__.Kernels, v: int) -> int:
    block = self.block_size(v)
    if v % block != 0:
      return 1
    return ops.prim.min(block, 128)

  # logits as they are sampled from, f32
  def tempered(self: __torch__.Kernels, lg: Tensor, temperature: float) -> Tensor:
    z = lg.to(6)
    if temperature != 1.:
      z = torch.mul(z, 1. / temperature)
    return z

  # some logits of each row less the largest of their row, floored
  def floored(self: __torch__.Kernels, some: Tensor, most: Tensor, temperature: float) -> Tensor:
    return torch.clamp_min_(torch.sub(self.tempered(some, temperature), most), -80.)

  # m largest of each row, ids and values; a wide row is searched by blocks: the m blocks with the
  # largest maxima hold them
  def largest(self: __torch__.Kernels, z: Tensor, m: int) -> List[Tensor]:
    B = z.size(0)
    V = z.size(1)
    if V % 128 != 0 or V < 256 * m:
      t = torch.topk(z, m, -1)
      return [t[0], t[1]]
    v = z.view([B, -1, 128])
    blocks = torch.topk(torch.amax(v, [2]), m, -1)[1]
    near = torch.gather(v, 1, blocks.unsqueeze(-1).expand([B, m, 128])).view([B, m * 128])
    n = torch.topk(near, m, -1)
    return [n[0], torch.gather(blocks, 1, n[1] // 128) * 128 + n[1] % 128]

  # The cut [B, 1] of rows of exponents: what is kept is at least the cut, what is dropped is below.
  # It lies between the smallest kept and the largest dropped one, so that a rounding elsewhere
  # moves nothing across; 0 where nothing is dropped. Values equal to the last kept one are kept.
  # filter = [top k or 0, top p, min p]
  def cut(self: __torch__.Kernels, e: Tensor, filter: List[float]) -> Tensor:
    V = e.size(1)
    k = int(filter[0])
    if k > 0 and k < V:
      # everything is decided within the list of the k + 1 largest
      t = self.largest(e, k + 1)[0]
      inside = torch.narrow(t, 1, 0, k)
      n = torch.sum(torch.ge(inside, filter[2]), [1], True)
      if filter[1] < 1.:
        before = torch.cumsum(inside, 1, dtype=7) - inside
        mass = torch.mul(torch.sum(inside, [1], True, dtype=7), filter[1])
        n = torch.minimum(n, torch.sum(torch.lt(before, mass), [1], True))
      n = torch.clamp_min(n, 1)
      low = torch.gather(t, 1, n - 1)
      high = torch.gather(t, 1, n)
    else:
      least = torch.zeros([e.size(0), 1], dtype=e.dtype, device=e.device)
      if filter[1] < 1.:
        k = ops.prim.min(V, 256)
        t = self.largest(e, k)[0]
        mass = torch.mul(torch.sum(e, [1], True, dtype=7), filter[1])
        # a nucleus that does not fit the list needs the whole row in order
        missing = torch.lt(torch.sum(t, [1], True, dtype=7), mass)
        if k < V and bool(torch.any(missing)):
          t = torch.sort(e, -1, True)[0]
        before = torch.cumsum(t, 1, dtype=7) - t
        n = torch.clamp_min(torch.sum(torch.lt(before, mass), [1], True), 1)
        least = torch.gather(t, 1, n - 1)
      if filter[2] > 0.:
        least = torch.clamp_min(least, filter[2])
      dropped = torch.lt(e, least, out=torch.empty_like(e))
      high = torch.amax(torch.mul(e, dropped), [1], True)
      # what is kept is at most 1, what is dropped becomes 1 or more
      low = torch.amin(torch.add_(dropped, e), [1], True)
    return torch.sqrt(torch.mul(high.to(7), low.to(7))).to(6)

  # Passes over n rows: [numbers [n, 5], sums [n, blocks], maxima [n, blocks]].
  # numbers: largest logit, sum of exponents, sum of exponents times floored logits, the latter of
  # what is not truncated, least exponent that is not. z [n, V] and e [n, a multiple of the block],
  # 0 beyond V, are written over; e holds the exponents
  def masses(self: __torch__.Kernels, lg: Tensor, z: Tensor, e: Tensor, temperature: float, filter: List[float]) -> List[Tensor]:
    n = lg.size(0)
    V = lg.size(1)
    _0 = torch.copy_(z, lg)
    if temperature != 1.:
      _1 = torch.mul_(z, 1. / temperature)
    part = self.maximum_block(V)
    if part > 1:
      maxima = torch.amax(z.view([n, -1, part]), [2])
    else:
      maxima = z.clone()
    most = torch.amax(maxima, [1], True)
    _2 = torch.clamp_min_(torch.sub_(z, most), -80.)
    p = torch.exp(z, out=torch.narrow(e, 1, 0, V))
    weighted = torch.mul_(z, p)
    whole = torch.sum(p, [1], True)
    entropy = torch.sum(weighted, [1], True)
    left = entropy
    least = torch.zeros_like(whole)
    if self.truncates(filter):
      least = self.cut(p, filter)
      kept = self.at_least(p, least)
      _3 = torch.mul_(p, kept)
      left = torch.sum(torch.mul_(weighted, kept), [1], True)
    sums = e
    block = self.block_size(V)
    if block > 1:
      sums = torch.sum(e.view([n, -1, block]), [2])
    return [torch.cat([most, whole, entropy, left, least], 1), sums, maxima]

  def truncates(self: __torch__.Kernels, filter: List[float]) -> bool:
    return filter[0] > 0. or filter[1] < 1. or filter[2] > 0.

  # first place of the largest logit of each row [B, 1]
  def first_largest(self: __torch__.Kernels, lg: Tensor, maxima: Tensor, temperature: float) -> Tensor:
    b = torch.argmax(maxima, 1, True)
    if maxima.size(1) == lg.size(1):
      return b
    block = lg.size(1) // maxima.size(1)
    at = torch.add(torch.mul(b, block), torch.arange(block, device=lg.device))
    near = self.tempered(torch.gather(lg, 1, at), temperature)
    return torch.add(torch.mul(b, block), torch.argmax(near, 1, True))

  # ids of the m largest logits of each row [B, m]
  def listed(self: __torch__.Kernels, lg: Tensor, maxima: Tensor, m: int, temperature: float) -> Tensor:
    block = lg.size(1) // maxima.size(1)
    if maxima.size(1) < 2 * m:
      return self.largest(self.tempered(lg, temperature), m)[1]
    blocks = torch.topk(maxima, m, -1)[1]
    at = torch.add(torch.mul(blocks, block).unsqueeze(2), torch.arange(block, device=lg.device)).view([lg.size(0), m * block])
    near = self.tempered(torch.gather(lg, 1, at), temperature)
    return torch.gather(at, 1, torch.topk(near, m, -1)[1])

  # index [B, 1] at which the running sums [B, n] f64 first exceed t
  def exceeds(self: __torch__.Kernels, sums: Tensor, t: Tensor) -> Tensor:
    return torch.clamp_max(torch.searchsorted(sums, t, right=True), sums.size(1) - 1)

  # Draws [ids [B, draws], log remaining masses [B, draws], log of the mass [B, 1] f64] by uniforms
  # u [B, draws] f64: the id at which the running sum first exceeds u times the total. Without
  # replacement what was drawn is taken out of the mass. Nothing is left of a truncated row that was
  # drawn empty: any id will do. sums are those of `masses`, and are changed
  def draws(self: __torch__.Kernels, lg: Tensor, u: Tensor, numbers: Tensor, sums: Tensor, replacement: bool, temperature: float, filter: List[float]) -> List[Tensor]:
    V = lg.size(1)
    n = sums.size(1)
    block = self.block_size(V)
    most = torch.narrow(numbers, 1, 0, 1)
    offsets = torch.arange(block, device=lg.device)
    total = torch.cumsum(sums, 1, dtype=7)
    logZ = torch.log(torch.narrow(total, 1, n - 1, 1))
    ids = annotate(List[Tensor], [])
    left = annotate(List[Tensor], [torch.zeros_like(logZ)])
    for j in range(u.size(1)):
      if j > 0:
        if replacement:
          _0 = torch.append(left, left[0])
        else:
          total = torch.cumsum(sums, 1, dtype=7)
          _0 = torch.append(left, torch.log(torch.narrow(total, 1, n - 1, 1)) - logZ)
      t = torch.mul(torch.narrow(total, 1, n - 1, 1), torch.clamp_max(torch.narrow(u, 1, j, 1), 0.999999999999999))
      b = self.exceeds(total, t)
      rest = torch.zeros_like(most)
      id = b
      if block > 1:
        at = torch.add(torch.mul(b, block), offsets)
        e = torch.exp(self.floored(torch.gather(lg, 1, torch.clamp_max(at, V - 1)), most, temperature))
        if self.truncates(filter):
          e = torch.mul_(e, self.at_least(e, torch.narrow(numbers, 1, 4, 1)))
        if V % block != 0:
          e = torch.mul_(e, torch.lt(at, V))
        if not replacement:
          for i in range(j):
            e = torch.mul_(e, torch.ne(at, ids[i]))
        inner = torch.cumsum(e, 1, dtype=7)
        t = t - torch.gather(torch.constant_pad_nd(total, [1, 0]), 1, b)
        t = torch.minimum(t, torch.mul(torch.narrow(inner, 1, block - 1, 1), 0.999999999999999))
        id = torch.add(torch.mul(b, block), self.exceeds(inner, t))
        rest = torch.sum(torch.mul_(e, torch.ne(at, id)), [1], True)
      if not replacement:
        _1 = torch.scatter_(sums, 1, b, rest)
      _2 = torch.append(ids, id)
    return [torch.clamp_max(torch.cat(ids, 1), V - 1), torch.cat(left, 1), logZ]

  # log of the mass, and log of the odds, of the exponents below a limit [n, 1], of all Z [n, 1]
  def collapsed(self: __torch__.Kernels, e: Tensor, limit: Tensor, Z: Tensor, logZ: Tensor) -> Tensor:
    small = self.below(e, limit)
    below = torch.log(torch.sum(small, [1], True)) - logZ
    # Z is f64, and would make all of the row so
    odds = torch.log(torch.sum(torch.div_(small, torch.sub(Z.to(6), small)), [1], True))
    return torch.cat([below, odds], 1)

  # Everything a mixture method wants to know about rows of logits, [B, 3 draws + 7 + 2 top] f32:
  # draw ids, log-probabilities, log remaining masses; log below, log odds below, entropy; cut as a
  # probability, entropy without truncation, most probable id, log-probability of the watched id
  # without truncation; top ids, top log-probabilities. Exponents are floored at -80 below the
  # maximum; a truncated token has log-probability -inf, and so have top ids beyond the vocabulary.
  # request = [draws, replacement 0/1, top, watched]; ratio = w/(1-w) of the collapse, or 0
  def candidates(self: __torch__.Kernels, lg: Tensor, u: Tensor, request: List[int], temperature: float, ratio: float, filter: List[float]) -> Tensor:
    B = lg.size(0)
    V = lg.size(1)
    # a few rows at a time stay in a processor's cache from one operator to the next
    rows = 4
    if V <= 8192 or ops.prim.is_cuda(lg):
      rows = B
    pieces = (B + rows - 1) // rows
    block = self.block_size(V)
    z = torch.empty([rows, V], dtype=6, device=lg.device)
    e = torch.zeros([rows, (V + block - 1) // block * block], dtype=6, device=lg.device)
    parts = annotate(List[List[Tensor]], [[], [], []])
    exponents = annotate(List[Tensor], [])
    for i in range(pieces):
      n = ops.prim.min(rows, B - i * rows)
      found = self.masses(torch.narrow(lg, 0, i * rows, n), torch.narrow(z, 0, 0, n), torch.narrow(e, 0, 0, n), temperature, filter)
      for j in range(3):
        _0 = torch.append(parts[j], found[j])
      if ratio > 0.:
        _1 = torch.append(exponents, e)
        e = torch.zeros_like(e)
    numbers = torch.cat(parts[0])
    maxima = torch.cat(parts[2])
    most = torch.narrow(numbers, 1, 0, 1)
    whole = torch.narrow(numbers, 1, 1, 1)
    logWhole = torch.log(whole)
    d = self.draws(lg, u, numbers, torch.cat(parts[1]), request[1] == 1, temperature, filter)
    logZ = d[2]
    Z = torch.exp(logZ)
    # a draw from a truncated row in which nothing was left is none
    zd = torch.masked_fill(self.floored(torch.gather(lg, 1, d[0]), most, temperature), torch.lt(d[1], -1e30), -inf)
    below = torch.log(torch.zeros_like(torch.narrow(numbers, 1, 0, 2)))
    if ratio > 0.:
      limit = torch.mul(torch.amax(torch.exp(torch.narrow(zd, 1, 0, 2)), [1], True), ratio)
      cut = annotate(List[Tensor], [])
      for i in range(pieces):
        a = i * rows
        b = ops.prim.min(B, a + rows)
        _2 = torch.append(cut, self.collapsed(torch.narrow(exponents[i], 0, 0, b - a), limit[a:b], Z[a:b], logZ[a:b]))
      below = torch.cat(cut)
    entire = logWhole - torch.div(torch.narrow(numbers, 1, 2, 1), whole)
    entropy = logZ - torch.div(torch.narrow(numbers, 1, 3, 1), Z)
    support = torch.div(torch.narrow(numbers, 1, 4, 1), whole)
    watched = self.floored(torch.narrow(lg, 1, request[3], 1), most, temperature) - logWhole
    first = self.first_largest(lg, maxima, temperature)
    cols = [d[0], zd - logZ, d[1], below, entropy, support, entire, first, watched]
    if request[2] > 0:
      m = ops.prim.min(request[2], V)
      top = first
      if m > 1:
        top = self.listed(lg, maxima, m, temperature)
      zt = self.floored(torch.gather(lg, 1, top), most, temperature)
      if self.truncates(filter):
        zt = torch.masked_fill(zt, torch.lt(torch.exp(zt), torch.narrow(numbers, 1, 4, 1)), -inf)
      more = request[2] - m
      cols2 = [torch.constant_pad_nd(top, [0, more]), torch.constant_pad_nd(zt - logZ, [0, more], -inf)]
      return torch.cat([torch.cat(cols, 1), torch.cat(cols2, 1)], 1).to(6)
    return torch.cat(cols, 1).to(6)

  # the entries of e below a limit, the others 0; with a mask in the type of e a seventh of the time
  # that one of booleans takes
  def below(self: __torch__.Kernels, e: Tensor, limit: Tensor) -> Tensor:
    return torch.mul_(torch.lt(e, limit, out=torch.empty_like(e)), e)

  # 1 where an entry of e is a limit or more, else 0
  def at_least(self: __torch__.Kernels, e: Tensor, limit: Tensor) -> Tensor:
    return torch.ge(e, limit, out=torch.empty_like(e))
