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
