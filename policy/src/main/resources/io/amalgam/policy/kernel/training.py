  # ---- Forward and backward over packed sequences ----------------------------------------------
  # Forward and backward are written by hand and run without an autograd graph: gradients are added
  # to given buffers, activations are freed layer by layer. A frozen weight's gradient is empty.

  # g += dyT x. In two formats by blocks of rows, so that the product of a block is still in the
  # cache when it is added
  def accumulate(self: __torch__.Kernels, g: Tensor, dy: Tensor, x: Tensor) -> Tensor:
    n = g.size(0)
    if n == 0:
      return g
    if g.dtype == dy.dtype:
      return torch.addmm(g, torch.t(dy), x, beta=1, alpha=1, out=g)
    block = 1024
    for i in range((n + block - 1) // block):
      at = i * block
      m = ops.prim.min(block, n - at)
      _0 = torch.add_(torch.narrow(g, 0, at, m), torch.mm(torch.t(torch.narrow(dy, 1, at, m)), x))
    return g

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

  # Features of all scored positions and what the backward pass needs:
  # [[features [M, 2 slots + 3], KL [M, 1] with a reference],
  #  [scored last hidden states before the norm], layer 0, layer 1, ...]
  # batch = [ids [N, k], weights [N, k] and what is added, positions [N], scored [M], targets [M, slots], limits [M, 2]]
  # chunk = [scored positions whose logits exist at one time, once per model, those of them in f32]
  # reference = [hidden states of `scored_hidden`, head] of the reference, or two empty tensors
  def forward(self: __torch__.Kernels, w: List[Tensor], tables: List[Tensor], batch: List[Tensor], groups: List[Tensor], sizes: List[int], shape: List[int], layers: List[int], chunk: List[int], temperature: float, collapsing: bool, truncated: bool, recompute: bool, reference: List[Tensor]) -> List[List[Tensor]]:
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
    place = self.logit_place(h, w[2], chunk)
    beside = place
    if reference[0].size(0) > 0:
      beside = torch.empty_like(place)
    for i in range((M + chunk[0] - 1) // chunk[0]):
      a = i * chunk[0]
      b = ops.prim.min(M, a + chunk[0])
      lg = self.head_into(h[a:b], w[2], place)
      _1 = torch.append(f, self.chunk_features(lg, batch[4][a:b], batch[5][a:b], chunk[1], temperature, collapsing, truncated))
      if reference[0].size(0) > 0:
        other = self.head_into(reference[0][a:b], reference[1], beside)
        _3 = torch.append(kl, self.chunk_divergence(lg, other, batch[4][a:b], batch[5][a:b], chunk[1], temperature, truncated))
    first = annotate(List[Tensor], [torch.cat(f, 0)])
    if reference[0].size(0) > 0:
      _4 = torch.append(first, torch.cat(kl, 0))
    out = annotate(List[List[Tensor]], [first, [last]])
    for l in range(len(kept)):
      _2 = torch.append(out, kept[l])
    return out

  def pick(self: __torch__.Kernels, saved: List[List[Tensor]], i: int, j: int) -> Tensor:
    return saved[i][j]

  # RMS norm backward: adds the weight's gradient, returns d plus the input's. h: the input over its
  # root mean square. The input's gradient r (u - x (x . u) r^2 / D), u = dh w, is that of a weight norm
  # g x / n with g = sqrt(D) and n = g / r, which is one operator; for g it gets a power of two, which
  # bf16 holds exactly, and the rest is a factor.
  def normed_backward(self: __torch__.Kernels, d: Tensor, dh: Tensor, x: Tensor, r: Tensor, h: Tensor, w: Tensor, gw: Tensor) -> Tensor:
    if gw.size(0) > 0:
      _0 = torch.add_(gw, torch.sum(torch.mul(dh, h), [0], dtype=6))
    root = torch.pow(float(x.size(1)), 0.5)
    p = 1.
    while p < root:
      p = 2. * p
    g = torch.full([x.size(0), 1], p, dtype=x.dtype, device=x.device)
    t = torch._weight_norm_interface_backward(torch.mul(dh, w), x, g, torch.div(root, r), 0)[0]
    return torch.add(d, t, alpha=root / p)

  # gradient of attend's query-key and value inputs, [N, (nh + 2 nkv) hd]
  def attend_backward(self: __torch__.Kernels, da: Tensor, sv: List[Tensor], groups: List[Tensor], sizes: List[int], shape: List[int], window: int) -> Tensor:
    nh = shape[0]
    nkv = shape[1]
    hd = shape[2]
    N = da.size(0)
    width = (nh + 2 * nkv) * hd
    packed = torch.empty([N, width], dtype=da.dtype, device=da.device)
    at = 0
    for i in range(len(sizes) // 3):
      n = sizes[3 * i]
      S = sizes[3 * i + 1]
      whole = groups[3 * i].size(0) == 0
      if whole:
        d = torch.narrow(da, 0, at, n * S)
      else:
        # padded slots get no gradient
        d = torch.zeros([n * S, nh * hd], dtype=da.dtype, device=da.device)
        _0 = torch.index_copy_(d, 0, groups[3 * i + 1], torch.index_select(da, 0, groups[3 * i + 2]))
      o = 7 + 5 * i
      d = d.view([n, S, nh, hd]).transpose(1, 2).contiguous()
      t = self.attention_backward(d, sv[o], sv[o + 1], sv[o + 2], sv[o + 3], sv[o + 4], window, shape[5] == 1, nkv)
      if whole:
        y = torch.narrow(packed, 0, at, n * S)
      else:
        y = torch.empty([n * S, width], dtype=da.dtype, device=da.device)
      heads = y.view([n, S, nh + 2 * nkv, hd]).transpose(1, 2)
      _1 = torch.copy_(torch.narrow(heads, 1, 0, nh), t[0])
      _2 = torch.copy_(torch.narrow(heads, 1, nh, nkv), t[1])
      _3 = torch.copy_(torch.narrow(heads, 1, nh + nkv, nkv), t[2])
      if not whole:
        _4 = torch.index_copy_(packed, 0, groups[3 * i + 2], torch.index_select(y, 0, groups[3 * i + 1]))
      at = at + n * S
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
    _2 = torch.silu_backward(torch.mul_(dt, up), gate, grad_input=torch.narrow(dgu, 1, 0, I))
    _12 = self.bias_gradient(gr[o + 10], dgu)
    h = self.unit(x2, r2)
    _3 = self.learn(gr[o + 7], dgu, torch.mul(h, w[o + 6]), ad, ga, 8 * l + 4, targets, 4, 2, scale)
    d2 = self.normed_backward(d3, torch.mm(dgu, w[o + 7]), x2, r2, h, w[o + 6], gr[o + 6])
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
    h = self.unit(x, r1)
    _10 = self.learn(gr[o + 1], dqkv, torch.mul(h, w[o]), ad, ga, 8 * l, targets, 0, 3, scale)
    return self.normed_backward(d2, torch.mm(dqkv, w[o + 1]), x, r1, h, w[o], gr[o])

  # Adds the gradient of every weight to gr, of adapters to ga; empties `saved` layer by layer.
  # reference = that of `forward`, and the gradient of KL [M, 1], divided by the temperature
  # ad, ga: adapters and their gradients, both empty lists without; targets, scale: as for `adapt`
  def backward(self: __torch__.Kernels, w: List[Tensor], gr: List[Tensor], saved: List[List[Tensor]], G: Tensor, tables: List[Tensor], batch: List[Tensor], groups: List[Tensor], sizes: List[int], shape: List[int], layers: List[int], chunk: List[int], temperature: float, which: List[int], reference: List[Tensor], ad: List[Tensor], ga: List[Tensor], targets: List[int], scale: float) -> int:
    ids = batch[0]
    N = ids.size(0)
    M = batch[3].size(0)
    h2 = shape[2] // 2
    D = w[0].size(1)
    c = torch.embedding(tables[0], batch[2]).view([N, 1, 1, h2])
    s = torch.embedding(tables[1], batch[2]).view([N, 1, 1, h2])
    last = saved[1][0]
    r = self.inverse_rms(last, tables[2])
    unit = self.unit(last, r)
    h = torch.mul(unit, w[1])
    dh = torch.empty_like(h)
    place = self.logit_place(h, w[2], chunk)
    beside = place
    if reference[0].size(0) > 0:
      beside = torch.empty_like(place)
    for i in range((M + chunk[0] - 1) // chunk[0]):
      a = i * chunk[0]
      b = ops.prim.min(M, a + chunk[0])
      hc = h[a:b]
      other = annotate(List[Tensor], [])
      if reference[0].size(0) > 0:
        other = [self.head_into(reference[0][a:b], reference[1], beside), reference[2][a:b]]
      p = self.chunk_gradient(self.head_into(hc, w[2], place), other, batch[4][a:b], batch[5][a:b], G[a:b], chunk[1], temperature, which)
      _0 = torch.mm(p, w[2], out=dh[a:b])
      _1 = self.accumulate(gr[2], p, hc)
    d = torch.zeros([N, D], dtype=h.dtype, device=h.device)
    _2 = torch.index_add_(d, 0, batch[3], self.normed_backward(torch.zeros_like(last), dh, last, r, unit, w[1], gr[1]))
    for j in range(len(layers) // 2):
      l = len(layers) // 2 - 1 - j
      sv = torch.pop(saved)
      if len(sv) == 1:
        sv = self.layer(sv[0], w, l, c, s, tables[2], groups, sizes, shape, layers)[3:]
      d = self.layer_backward(d, sv, w, gr, l, c, s, tables[2], groups, sizes, shape, layers, ad, ga, targets, scale)
    if gr[0].size(0) > 0:
      _3 = self.mixture_backward(d, w[0], ids, batch[1], shape, gr[0])
    return N

