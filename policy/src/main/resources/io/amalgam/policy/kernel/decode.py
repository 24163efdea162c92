  # ---- Prefill, the decode step, and the candidates of a row of logits -------------------------

  # Hidden states of packed tokens: [input embeddings, output of each layer but the last, output of
  # the last after the last norm] with collect, the last of these alone without. Keys and values go
  # into the cache as `keep` says, unless the cache list is empty.
  # batch = [ids [N, k], weights [N, k] and what is added, positions [N]]
  def prefill(self: __torch__.Kernels, w: List[Tensor], kc: List[Tensor], vc: List[Tensor], tables: List[Tensor], batch: List[Tensor], groups: List[Tensor], sizes: List[int], shape: List[int], layers: List[int], copy: List[Tensor], places: List[int], collect: bool) -> List[Tensor]:
    x = self.mixture(w[0], batch[0], batch[1], shape)
    N = x.size(0)
    h2 = shape[2] // 2
    c = torch.embedding(tables[0], batch[2]).view([N, 1, 1, h2])
    s = torch.embedding(tables[1], batch[2]).view([N, 1, 1, h2])
    kd = shape[1] * shape[2]
    out = annotate(List[Tensor], [])
    if len(kc) > 0:
      copy = self.head_copy(kc, copy, places)
    for l in range(len(layers) // 2):
      if collect:
        _0 = torch.append(out, x)
      y = self.layer(x, w, l, c, s, tables[2], groups, sizes, shape, layers)
      x = y[0]
      if len(kc) > 0:
        k = torch.narrow(y[1], 1, shape[0], shape[1]).reshape([N, kd])
        _1 = self.keep(kc, vc, l, k, y[2].reshape([N, kd]), copy, places)
    _3 = torch.append(out, self.normed(x, self.inverse_rms(x, tables[2]), w[1]))
    return out

  # rows a .. b of the logits of normed hidden states, f32
  def logits(self: __torch__.Kernels, w: List[Tensor], h: Tensor, a: int, b: int, form: int) -> Tensor:
    return self.linear(h[a:b], w, 2, torch.narrow(h, 0, 0, 0), form).to(6)

  # running sums [B, blocks] f64 of non-negative rows
  def totals(self: __torch__.Kernels, e: Tensor, block: int) -> Tensor:
    if block == 1:
      return torch.cumsum(e, 1, dtype=7)
    return torch.cumsum(torch.sum(e.view([e.size(0), -1, block]), [2]), 1, dtype=7)

  # index [B, 1] at which the running sum first exceeds u times the total
  def locate(self: __torch__.Kernels, e: Tensor, sums: Tensor, u: Tensor, block: int) -> Tensor:
    nb = sums.size(1)
    t = torch.mul(torch.narrow(sums, 1, nb - 1, 1), torch.clamp_max(u, 0.999999999999999))
    # nothing is left of a truncated row that was drawn empty: any id will do
    j = torch.clamp_max(torch.searchsorted(sums, t, right=True), nb - 1)
    if block == 1:
      return j
    before = torch.gather(torch.constant_pad_nd(sums, [1, 0]), 1, j)
    near = torch.gather(e.view([e.size(0), nb, block]), 1, j.unsqueeze(2).expand([e.size(0), 1, block])).squeeze(1)
    inner = torch.cumsum(near, 1, dtype=7)
    t = torch.minimum(t - before, torch.mul(torch.narrow(inner, 1, block - 1, 1), 0.999999999999999))
    return torch.add(torch.mul(j, block), torch.clamp_max(torch.searchsorted(inner, t, right=True), block - 1))

  # the largest power of two up to 256 that divides the vocabulary; 1: one level is enough
  def block_size(self: __torch__.Kernels, v: int) -> int:
    if v <= 1024:
      return 1
    block = 256
    while block > 16 and v % block != 0:
      block = block // 2
    if v % block != 0:
      block = 128
    return block

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

  # Everything a mixture method wants to know about rows of logits, [B, 3 draws + 7 + 2 top] f32:
  # draw ids, log-probabilities, log remaining masses; log below, log odds below, entropy; cut as a
  # probability, entropy without truncation, most probable id, log-probability of the watched id
  # without truncation; top ids, top log-probabilities. Exponents are floored at -80 below the
  # maximum; a truncated token has log-probability -inf, and so have top ids beyond the vocabulary.
  # request = [draws, replacement 0/1, top, watched]; ratio = w/(1-w) of the collapse, or 0
  def candidates(self: __torch__.Kernels, lg: Tensor, u: Tensor, request: List[int], temperature: float, ratio: float, filter: List[float]) -> Tensor:
    B = lg.size(0)
    # a few rows at a time stay in a processor's cache from one operator to the next
    rows = 4
    if B <= rows or lg.size(1) <= 8192 or ops.prim.is_cuda(lg):
      return self.candidate_rows(lg, u, request, temperature, ratio, filter)
    out = annotate(List[Tensor], [])
    for i in range((B + rows - 1) // rows):
      n = ops.prim.min(rows, B - i * rows)
      _0 = torch.append(out, self.candidate_rows(torch.narrow(lg, 0, i * rows, n), torch.narrow(u, 0, i * rows, n), request, temperature, ratio, filter))
    return torch.cat(out)

  # largest of each row and its first place [B, 1]
  def maximum(self: __torch__.Kernels, z: Tensor) -> List[Tensor]:
    block = self.block_size(z.size(1))
    if block == 1 or z.size(1) % block != 0:
      t = torch.max(z, -1, True)
      return [t[0], t[1]]
    v = z.view([z.size(0), -1, block])
    t = torch.max(torch.amax(v, [2]), -1, True)
    near = torch.gather(v, 1, t[1].unsqueeze(2).expand([z.size(0), 1, block])).squeeze(1)
    return [t[0], torch.add(torch.mul(t[1], block), torch.argmax(near, 1, True))]

  def candidate_rows(self: __torch__.Kernels, lg: Tensor, u: Tensor, request: List[int], temperature: float, ratio: float, filter: List[float]) -> Tensor:
    draws = request[0]
    V = lg.size(1)
    z = lg.to(6)
    if temperature != 1.:
      z = torch.mul(z, 1. / temperature)
    t = self.maximum(z)
    top = annotate(List[Tensor], [])
    if request[2] == 1:
      top = [t[0], t[1]]
    listed = ops.prim.min(request[2], V)
    if request[2] > 1:
      top = self.largest(z, listed)
    zc = torch.clamp_min_(torch.sub(z, t[0]), -80.)
    e = torch.exp(zc)
    ez = torch.sum(torch.mul(e, zc), [1], True)
    block = self.block_size(V)
    whole = torch.sum(e, [1], True)
    logWhole = torch.log(whole)
    entire = logWhole - torch.div(ez, whole)
    watched = torch.narrow(zc, 1, request[3], 1) - logWhole
    support = torch.zeros_like(entire)
    truncated = filter[0] > 0. or filter[1] < 1. or filter[2] > 0.
    if truncated:
      least = self.cut(e, filter)
      support = torch.div(least, whole)
      e = torch.mul_(e, self.at_least(e, least))
      ez = torch.sum(torch.mul(e, zc), [1], True)
    gone = annotate(List[Tensor], [])
    if request[2] > 0:
      gone = [torch.le(torch.gather(e, 1, top[1]), 0.)]
    if V % block != 0:
      e = torch.constant_pad_nd(e, [0, block - V % block])
    sums = self.totals(e, block)
    Z = torch.narrow(sums, 1, sums.size(1) - 1, 1)
    logZ = torch.log(Z)
    ids = annotate(List[Tensor], [])
    left = annotate(List[Tensor], [])
    first = t[0]
    for j in range(draws):
      if j > 0 and request[1] == 0:
        # the earlier draws are taken out of the mass
        if j == 1:
          first = torch.gather(e, 1, ids[0])
        _0 = torch.scatter_(e, 1, ids[j - 1], 0.)
        sums = self.totals(e, block)
        _1 = torch.append(left, torch.log(torch.narrow(sums, 1, sums.size(1) - 1, 1)) - logZ)
      else:
        _1 = torch.append(left, torch.zeros_like(logZ))
      _2 = torch.append(ids, self.locate(e, sums, torch.narrow(u, 1, j, 1), block))
    drawn = torch.clamp_max(torch.cat(ids, 1), V - 1)
    # a draw from a truncated row in which nothing was left is none
    zd = torch.masked_fill(torch.gather(zc, 1, drawn), torch.lt(torch.cat(left, 1), -1e30), -inf)
    below = torch.log(torch.zeros_like(logZ))
    odds = below
    if ratio > 0.:
      second = torch.gather(e, 1, ids[1])
      _3 = torch.scatter_(e, 1, ids[0], first)
      small = self.below(e, torch.mul(torch.maximum(first, second), ratio))
      below = torch.log(torch.sum(small, [1], True)) - logZ
      # Z is f64, and would make all of the row so
      odds = torch.log(torch.sum(torch.div_(small, torch.sub(Z.to(6), small)), [1], True))
    cols = [drawn, zd - logZ]
    for j in range(draws):
      _4 = torch.append(cols, left[j])
    cols2 = [below, odds, logZ - torch.div(ez, Z), support, entire, t[1], watched]
    if request[2] > 0:
      found = top[1]
      values = torch.masked_fill(torch.gather(zc, 1, found) - logZ, gone[0], -inf)
      if listed < request[2]:
        found = torch.constant_pad_nd(found, [0, request[2] - listed])
        values = torch.constant_pad_nd(values, [0, request[2] - listed], -inf)
      _5 = torch.append(cols2, found)
      _6 = torch.append(cols2, values)
    return torch.cat([torch.cat(cols, 1), torch.cat(cols2, 1)], 1).to(6)

  # the entries of e below a limit, the others 0; with a mask in the type of e a seventh of the time
  # that one of booleans takes
  def below(self: __torch__.Kernels, e: Tensor, limit: Tensor) -> Tensor:
    return torch.mul_(torch.lt(e, limit, out=torch.empty_like(e)), e)

  # 1 where an entry of e is a limit or more, else 0
  def at_least(self: __torch__.Kernels, e: Tensor, limit: Tensor) -> Tensor:
    return torch.ge(e, limit, out=torch.empty_like(e))

  # One step for B rows, each at its own position; cache and segments as in cache.py.
  # ints = [ids [k], position] per row; reals = [weights [k], uniforms [draws]] per row, f64, and
  # with noise [what is added to the fed vector [D], noise of the position to be sampled [D]]
  # seen: ids under the repetition penalty per row
  def decode(self: __torch__.Kernels, w: List[Tensor], kc: List[Tensor], vc: List[Tensor], tables: List[Tensor], ints: Tensor, reals: Tensor, shape: List[int], layers: List[int], request: List[int], temperature: float, ratio: float, filter: List[float], segments: List[int], seen: Tensor, penalty: float) -> Tensor:
    k = ints.size(1) - 1
    pos = torch.select(ints, 1, k).contiguous()
    noise = k + request[0]
    feed = torch.narrow(reals, 1, 0, k).to(6)
    if reals.size(1) > noise:
      feed = torch.cat([feed, torch.narrow(reals, 1, noise, w[0].size(1)).to(6)], 1)
    x = self.mixture(w[0], torch.narrow(ints, 1, 0, k).contiguous(), feed, shape)
    h = self.advance(w, kc, vc, tables, x, pos, segments, shape, layers)
    lg = self.penalised(self.linear(h, w, 2, torch.narrow(h, 0, 0, 0), shape[3]), seen, penalty)
    found = self.candidates(lg, torch.narrow(reals, 1, k, request[0]), request, temperature, ratio, filter)
    if reals.size(1) > noise:
      drawn = torch.narrow(reals, 1, noise + w[0].size(1), w[0].size(1)).to(6)
      found = torch.cat([found, self.geometry(found, w[0], drawn, request[2])], 1)
    return found

  # All layers for inputs x [B, D] at positions pos [B] against the cache: the last hidden states
  # after the last norm
  def advance(self: __torch__.Kernels, w: List[Tensor], kc: List[Tensor], vc: List[Tensor], tables: List[Tensor], x: Tensor, pos: Tensor, segments: List[int], shape: List[int], layers: List[int]) -> Tensor:
    nh = shape[0]
    nkv = shape[1]
    hd = shape[2]
    form = shape[3]
    eps = tables[2]
    B = x.size(0)
    qd = nh * hd
    kd = nkv * hd
    c = torch.embedding(tables[0], pos).view([B, 1, hd // 2])
    s = torch.embedding(tables[1], pos).view([B, 1, hd // 2])
    c = torch.cat([c, c], 2)
    s = torch.cat([torch.neg(s), s], 2)
    spans = self.spans(x, kc, pos, segments, shape)
    for l in range(len(layers) // 2):
      o = 3 + 13 * l
      qkv = self.linear(self.normed(x, self.inverse_rms(x, eps), w[o]), w, o + 1, w[o + 2], form)
      qk = torch.narrow(qkv, 1, 0, qd + kd)
      if w[o + 3].size(0) > 0:
        heads = qk.view([B, nh + nkv, hd])
        qk = self.normed(heads, self.inverse_rms(heads, eps), self.head_norm_weight(w, o, nh, nkv)).view([B, qd + kd])
      if layers[2 * l] == 1:
        # what `rotate` computes, in fewer operators
        heads = qk.view([B, nh + nkv, hd])
        qk = torch.addcmul_(torch.mul(heads, c), torch.roll(heads, [hd // 2], [2]), s).view([B, qd + kd])
      a = self.attend_segments(qk, torch.narrow(qkv, 1, qd + kd, kd), kc, vc, l, layers, segments, spans, shape)
      x = self.linear_add(self.biased(x, w[o + 11]), a, w, o + 5, form)
      h = self.normed(x, self.inverse_rms(x, eps), w[o + 6])
      x = self.down(x, self.gated(h, w, o, form)[0], w, l, shape)
    return self.normed(x, self.inverse_rms(x, eps), w[1])

  # products of the embeddings of the top ids, the last columns of what was found, with the noise and
  # with each other, [B, top + top top] f32
  def geometry(self: __torch__.Kernels, found: Tensor, e: Tensor, noise: Tensor, top: int) -> Tensor:
    B = found.size(0)
    ids = torch.narrow(found, 1, found.size(1) - 2 * top, top).to(4)
    x = torch.embedding(e, ids).to(6)
    b = torch.matmul(x, noise.unsqueeze(2)).view([B, top])
    return torch.cat([b, torch.matmul(x, x.transpose(1, 2)).reshape([B, top * top])], 1)

  # root mean square of the embedding's entries, [1] f64
  def embedding_rms(self: __torch__.Kernels, w: List[Tensor]) -> Tensor:
    e = w[0]
    n = torch.linalg_vector_norm(e, 2, [1], False, dtype=6)
    return torch.div(torch.linalg_vector_norm(n.to(7), 2, [0], True), torch.pow(float(e.size(0) * e.size(1)), 0.5))
