  # ---- The transformer's layer, shared by prefill and training --------------------------------
  # These files are TorchScript source as it is stored in an archive. All are bodies of one class,
  # Kernels; integer dtype codes: float 6, double 7, bfloat16 15, int64 4, uint8 0.
  #
  # Weights are one flat list w:
  #   w[0] embedding [V, D]   w[1] last norm [D]   w[2] head [V, D] (packed or the embedding itself)
  #   and thirteen per layer l, from o = 3 + 13 l:
  #   o norm [D]   o+1 query, key, value rows [(nh + 2 nkv) hd, D]   o+2 their bias, or empty
  #   o+3, o+4 norm of a query and a key head [hd], or empty         o+5 output [D, nh hd]
  #   o+6 norm [D]   o+7 gate rows over up rows [2 I, D]; form 1: gate alone
  #   o+8 down [D, I]   o+9 empty; form 1: up
  #   biases, or empty: o+10 gate over up [2 I]   o+11 output [D]   o+12 down [D]
  # shape = [nh, nkv, hd, form of the weights, window or 0, fused operators 0/1, mixtures fed by maximum 0/1, terms of
  # a piece of the sum in down, or 0]; layers = [rotary 0/1, windowed 0/1] per layer. Forms: 0 plain; 1 packed for oneDNN,
  # activations fused with their products; 2 packed, the same bits as plain; 3 packed, some of them int8, and behind
  # all entries as many again with the scale of each row of an int8 one, or empty.
  # tables = [cos [T, hd/2], sin [T, hd/2], epsilon [1] f32].
  # N packed tokens; groups of sequences of similar length are padded on the right for attention:
  # groups = per group [source [n S], real [m], place [m]], sizes = per group [n, S, apart]; source
  # names the token of each padded slot, real the slots that hold a token, place the token they hold;
  # for `apart` see `weighted`.
  # An empty source means that the tokens are already [n, S], behind those of the groups before.

  # x W^T + b with entry i of the weights, b may be empty
  def linear(self: __torch__.Kernels, x: Tensor, w: List[Tensor], i: int, b: Tensor, form: int) -> Tensor:
    if form == 3 and w[len(w) // 2 + i].size(0) > 0:
      return self.product8(x, w[i], w[len(w) // 2 + i], b)
    if form > 0:
      return self.packed_product(x, w[i], b)
    return self.product(x, w[i], b)

  def packed_product(self: __torch__.Kernels, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    if b.size(0) > 0:
      return ops.mkldnn._linear_pointwise(x, w, b, "none", annotate(List[Optional[number]], []), "")
    return ops.mkldnn._linear_pointwise(x, w, None, "none", annotate(List[Optional[number]], []), "")

  # The same with a packed int8 matrix and the scale of each of its rows; each row of x is quantised
  # to 255 steps of its own scale
  def product8(self: __torch__.Kernels, x: Tensor, w: Tensor, scale: Tensor, b: Tensor) -> Tensor:
    z = x.to(6)
    a = torch.clamp_min_(torch.mul_(torch.amax(torch.abs(z), [1], True), 0.007874015748031496), 1e-30)
    q = torch.int_repr(torch.quantize_per_tensor(torch.div(z, a), 1., 128, 13))
    y = ops.onednn.qlinear_pointwise(q, 1., 128, w, scale, torch.zeros([scale.size(0)], dtype=3), None, 1., 0, 6, "none", annotate(List[Optional[number]], []), "")
    y = torch.mul_(y, a).to(x.dtype)
    if b.size(0) > 0:
      return torch.add_(y, b)
    return y

  # x wT + b with unpacked weights, b may be empty. In bf16 a row's values do not depend on how many
  # rows it is computed with, so that decoding and training see the same bits; a product of one row
  # takes another way through the library, and is computed as two.
  def product(self: __torch__.Kernels, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    n = x.size(0)
    if n == 1 and x.dtype == 15:
      x = x.expand([2, x.size(1)])
    if b.size(0) > 0:
      return torch.narrow(torch.linear(x, w, b), 0, 0, n)
    return torch.narrow(torch.linear(x, w), 0, 0, n)

  # x + b, b may be empty. Biases of what is added to the residual are added to it before.
  def biased(self: __torch__.Kernels, x: Tensor, b: Tensor) -> Tensor:
    if b.size(0) > 0:
      return torch.add(x, b)
    return x

  # residual + x W^T with entry i of the weights
  def linear_add(self: __torch__.Kernels, residual: Tensor, x: Tensor, w: List[Tensor], i: int, form: int) -> Tensor:
    if form == 3 and w[len(w) // 2 + i].size(0) > 0:
      return torch.add(residual, self.product8(x, w[i], w[len(w) // 2 + i], torch.narrow(x, 0, 0, 0)))
    return self.product_add(residual, x, w[i], form)

  def product_add(self: __torch__.Kernels, residual: Tensor, x: Tensor, w: Tensor, form: int) -> Tensor:
    if form > 0:
      return ops.mkldnn._linear_pointwise(x, residual, w, None, "add")
    if x.size(0) == 1 and x.dtype == 15:
      two = torch.addmm(residual.expand([2, residual.size(1)]), x.expand([2, x.size(1)]), torch.t(w))
      return torch.narrow(two, 0, 0, 1)
    return torch.addmm(residual, x, torch.t(w))

  # [h gateT silu times h upT [N, I], gate and up [N, 2 I] or empty]
  def gated(self: __torch__.Kernels, h: Tensor, w: List[Tensor], o: int, form: int) -> List[Tensor]:
    if form == 1:
      b = w[o + 10]
      if b.size(0) > 0:
        I = b.size(0) // 2
        t = ops.mkldnn._linear_pointwise(h, w[o + 7], torch.narrow(b, 0, 0, I), "swish", annotate(List[Optional[number]], []), "")
        return [ops.mkldnn._linear_pointwise(h, t, w[o + 9], torch.narrow(b, 0, I, I), "mul"), w[o + 2]]
      t = ops.mkldnn._linear_pointwise(h, w[o + 7], None, "swish", annotate(List[Optional[number]], []), "")
      return [ops.mkldnn._linear_pointwise(h, t, w[o + 9], None, "mul"), w[o + 2]]
    gu = self.linear(h, w, o + 7, w[o + 10], form)
    I = gu.size(1) // 2
    return [torch.mul_(torch.silu(torch.narrow(gu, 1, 0, I)), torch.narrow(gu, 1, I, I)), gu]

  # residual + t downT + bias. In bf16 a sum of more than about a thousand terms is rounded in an order that
  # depends on the number of rows, so it is taken in pieces of shape[7] terms, each rounded: the first of
  # w[o + 8], the others of layer l behind the layers where weights are packed.
  def down(self: __torch__.Kernels, residual: Tensor, t: Tensor, w: List[Tensor], l: int, shape: List[int]) -> Tensor:
    o = 3 + 13 * l
    residual = self.biased(residual, w[o + 12])
    size = shape[7]
    if size == 0:
      return self.linear_add(residual, t, w, o + 8, shape[3])
    n = (t.size(1) + size - 1) // size
    x = residual
    behind = len(w) - (len(w) - 3) // (12 + n) * (n - 1) + l * (n - 1)
    for j in range(n):
      m = ops.prim.min(size, t.size(1) - j * size)
      part = torch.narrow(t, 1, j * size, m)
      piece = w[o + 8]
      if shape[3] == 0:
        piece = torch.narrow(piece, 1, j * size, m)
      else:
        if j > 0:
          piece = w[behind + j - 1]
      x = self.product_add(x, part, piece, shape[3])
    return x

  # 1 / root mean square of each row, [N, 1] f32
  def inverse_rms(self: __torch__.Kernels, x: Tensor, eps: Tensor) -> Tensor:
    n = torch.linalg_vector_norm(x, 2, [-1], True, dtype=6)
    return torch.rsqrt_(torch.addcmul(eps, n, n, value=1. / x.size(-1)))

  def normed(self: __torch__.Kernels, x: Tensor, r: Tensor, w: Tensor) -> Tensor:
    return torch.mul_(self.unit(x, r), w)

  # x r in the type of x, r f32. Many rows in bf16 go through a batch norm whose channels are the rows,
  # which gives the same numbers without a copy in f32; for few rows the copy is cheaper
  def unit(self: __torch__.Kernels, x: Tensor, r: Tensor) -> Tensor:
    if x.dtype == 15 and x.dim() == 2 and x.size(0) > 256:
      c = r.view([-1])
      return torch.native_batch_norm(x.unsqueeze(0), c, None, torch.zeros_like(c), torch.ones_like(c), False, 0., 0.)[0].squeeze(0)
    return torch.mul(x, r).to(x.dtype)

  # x: [N, heads, 2, hd/2]; c, s: [N, 1, 1, hd/2]. The inverse rotation takes -s.
  def rotate(self: __torch__.Kernels, x: Tensor, c: Tensor, s: Tensor) -> Tensor:
    o = torch.mul(x, c)
    _0 = torch.addcmul_(torch.narrow(o, 2, 0, 1), torch.narrow(x, 2, 1, 1), s, value=-1)
    _1 = torch.addcmul_(torch.narrow(o, 2, 1, 1), torch.narrow(x, 2, 0, 1), s)
    return o

  # weights of the query and key head norms as one [nh + nkv, hd]
  def head_norm_weight(self: __torch__.Kernels, w: List[Tensor], o: int, nh: int, nkv: int) -> Tensor:
    hd = w[o + 3].size(0)
    return torch.cat([w[o + 3].unsqueeze(0).expand([nh, hd]), w[o + 4].unsqueeze(0).expand([nkv, hd])])

  # The vectors fed for mixtures, [N, D]: sum_j weights[:, j] E[ids[:, j]], or in each dimension the
  # maximum over the E[ids[:, j]] of weight above 0. weights: [N, k], or [N, k + D] whose last D
  # columns are added. Summed in f32.
  def mixture(self: __torch__.Kernels, e: Tensor, ids: Tensor, weights: Tensor, shape: List[int]) -> Tensor:
    k = ids.size(1)
    w = torch.narrow(weights, 1, 0, k)
    if k == 1:
      x = torch.mul(torch.embedding(e, ids.view([-1])), w)
    else:
      if shape[6] == 1:
        x = torch.amax(self.fed_rows(e, ids, w), [1])
      else:
        x = torch.sum(torch.mul(torch.embedding(e, ids), w.unsqueeze(2)), [1])
    if weights.size(1) > k:
      x = torch.add(x, torch.narrow(weights, 1, k, weights.size(1) - k))
    return x.to(e.dtype)

  # E[ids] [N, k, D], -inf where the weight is 0
  def fed_rows(self: __torch__.Kernels, e: Tensor, ids: Tensor, w: Tensor) -> Tensor:
    return torch.masked_fill(torch.embedding(e, ids), torch.le(w, 0.).unsqueeze(2), -inf)

  # adds the gradient d [N, D] of the fed vectors to the embedding's g; of equal maxima the first
  # slot gets it
  def mixture_backward(self: __torch__.Kernels, d: Tensor, e: Tensor, ids: Tensor, weights: Tensor, shape: List[int], g: Tensor) -> Tensor:
    k = ids.size(1)
    w = torch.narrow(weights, 1, 0, k)
    if shape[6] == 1:
      first = torch.max(self.fed_rows(e, ids, w), 1, True)[1]
      x = torch.zeros([ids.size(0), k, e.size(1)], dtype=6, device=d.device)
      _0 = torch.scatter_(x, 1, first, d.to(6).unsqueeze(1))
    else:
      x = torch.mul(d.to(6).unsqueeze(1), w.unsqueeze(2))
    return torch.index_add_(g, 0, ids.view([-1]), x.view([-1, e.size(1)]).to(g.dtype))

  # additive causal mask [1, 1, S, S] in which a query sees `window` positions
  def window_mask(self: __torch__.Kernels, like: Tensor, size: int, window: int, dt: int) -> Tensor:
    i = torch.arange(size, device=like.device)
    back = i.unsqueeze(1) - i.unsqueeze(0)
    hidden = torch.logical_or(torch.lt(back, 0), torch.ge(back, window))
    return torch.masked_fill(torch.zeros([size, size], dtype=dt, device=like.device), hidden, -1e30).view([1, 1, size, size])

  # softmax(q kT / sqrt(hd) + mask) in the type of q; mask f32
  def probabilities(self: __torch__.Kernels, q: Tensor, k: Tensor, mask: Tensor) -> Tensor:
    a = torch.mul_(torch.matmul(q, k.transpose(2, 3)).to(6), torch.pow(float(q.size(3)), -0.5))
    return torch.softmax(torch.add_(a, mask), -1).to(q.dtype)

  # p v, [n, m, T] with [n, T, hd]. The first `apart` terms and the others are summed and rounded one
  # after the other, which makes a difference in bf16 only: decoding has the first ones elsewhere
  # where a prompt is shared. `apart` is a multiple of 32, so that further zeros change no sum.
  def weighted(self: __torch__.Kernels, p: Tensor, v: Tensor, apart: int) -> Tensor:
    T = v.size(1)
    if apart == 0 or apart >= T:
      return torch.bmm(p, v)
    y = torch.bmm(torch.narrow(p, 2, 0, apart), torch.narrow(v, 1, 0, apart))
    return torch.baddbmm(y, torch.narrow(p, 2, apart, T - apart), torch.narrow(v, 1, apart, T - apart))

  # causal attention [n, nh, S, hd] and what its backward needs: the log-normaliser of the fused
  # operator, or the probabilities without it
  def attention(self: __torch__.Kernels, q: Tensor, k: Tensor, v: Tensor, window: int, fused: bool, apart: int) -> List[Tensor]:
    S = q.size(2)
    narrow = window > 0 and S > window
    if fused:
      if narrow:
        t = torch._scaled_dot_product_flash_attention_for_cpu(q, k, v, 0., False, attn_mask=self.window_mask(q, S, window, q.dtype))
      else:
        t = torch._scaled_dot_product_flash_attention_for_cpu(q, k, v, 0., True)
      return [t[0], t[1]]
    w = S
    if narrow:
      w = window
    p = self.probabilities(q, k, self.window_mask(q, S, w, 6))
    if apart == 0:
      return [torch.matmul(p, v), p]
    n = q.size(0) * q.size(1)
    y = self.weighted(p.view([n, S, S]), v.reshape([n, S, v.size(3)]), apart)
    return [y.view([q.size(0), q.size(1), S, v.size(3)]), p]

  # gradients of queries, and of the nkv heads of keys and values
  def attention_backward(self: __torch__.Kernels, d: Tensor, q: Tensor, k: Tensor, v: Tensor, o: Tensor, kept: Tensor, window: int, fused: bool, nkv: int) -> List[Tensor]:
    S = q.size(2)
    if fused:
      if window > 0 and S > window:
        t = torch._scaled_dot_product_flash_attention_for_cpu_backward(d, q, k, v, o, kept, 0., False, attn_mask=self.window_mask(q, S, window, q.dtype))
      else:
        t = torch._scaled_dot_product_flash_attention_for_cpu_backward(d, q, k, v, o, kept, 0., True)
      g = q.size(1) // nkv
      if g == 1:
        return [t[0], t[1], t[2]]
      shared = [q.size(0), nkv, g, S, q.size(3)]
      return [t[0], torch.sum(t[1].view(shared), [2]), torch.sum(t[2].view(shared), [2])]
    ds = torch._softmax_backward_data(torch.matmul(d, v.transpose(2, 3)), kept, -1, q.dtype)
    ds = torch.mul_(ds, torch.pow(float(q.size(3)), -0.5))
    # one product per key head: its rows are those of all queries that share it
    n = q.size(0)
    hd = q.size(3)
    rows = [n * nkv, q.size(1) // nkv * S, S]
    wide = [n * nkv, q.size(1) // nkv * S, hd]
    dk = torch.bmm(ds.view(rows).transpose(1, 2), q.reshape(wide))
    dv = torch.bmm(kept.view(rows).transpose(1, 2), d.reshape(wide))
    return [torch.matmul(ds, k), dk.view([n, nkv, S, hd]), dv.view([n, nkv, S, hd])]

  # qk: [N, nh + nkv, hd] queries and keys after rotation, v: [N, nkv, hd]
  # returns [attention [N, nh hd], then per group: query, keys, values, output, log-normaliser]
  def attend(self: __torch__.Kernels, qk: Tensor, v: Tensor, groups: List[Tensor], sizes: List[int], shape: List[int], window: int) -> List[Tensor]:
    nh = shape[0]
    nkv = shape[1]
    hd = shape[2]
    N = qk.size(0)
    g = nh // nkv
    out = annotate(List[Tensor], [qk])
    packed = torch.empty([N, nh * hd], dtype=qk.dtype, device=qk.device)
    at = 0
    for i in range(len(sizes) // 3):
      n = sizes[3 * i]
      S = sizes[3 * i + 1]
      whole = groups[3 * i].size(0) == 0
      if whole:
        a = torch.narrow(qk, 0, at, n * S)
        b = torch.narrow(v, 0, at, n * S)
      else:
        a = torch.index_select(qk, 0, groups[3 * i])
        b = torch.index_select(v, 0, groups[3 * i])
      a = a.view([n, S, nh + nkv, hd]).transpose(1, 2)
      b = b.view([n, S, nkv, hd]).transpose(1, 2)
      q = torch.narrow(a, 1, 0, nh)
      ke = torch.narrow(a, 1, nh, nkv).unsqueeze(2).expand([n, nkv, g, S, hd]).reshape([n, nh, S, hd])
      ve = b.unsqueeze(2).expand([n, nkv, g, S, hd]).reshape([n, nh, S, hd])
      t = self.attention(q, ke, ve, window, shape[5] == 1, sizes[3 * i + 2])
      o = t[0].transpose(1, 2)
      if whole:
        _0 = torch.copy_(torch.narrow(packed, 0, at, n * S).view([n, S, nh, hd]), o)
      else:
        _0 = torch.index_copy_(packed, 0, groups[3 * i + 2], torch.index_select(o.reshape([n * S, nh * hd]), 0, groups[3 * i + 1]))
      at = at + n * S
      _1 = torch.append(out, q)
      _2 = torch.append(out, ke)
      _3 = torch.append(out, ve)
      _4 = torch.append(out, t[0])
      _5 = torch.append(out, t[1])
    out[0] = packed
    return out

  # One layer over packed tokens. Returns
  # [output, qk, v, | input, inverse rms, queries and keys before their norm (or empty), attention,
  #  middle, its inverse rms, gate and up (or empty), then attend's groups]
  def layer(self: __torch__.Kernels, x: Tensor, w: List[Tensor], l: int, c: Tensor, s: Tensor, eps: Tensor, groups: List[Tensor], sizes: List[int], shape: List[int], layers: List[int]) -> List[Tensor]:
    nh = shape[0]
    nkv = shape[1]
    hd = shape[2]
    N = x.size(0)
    o = 3 + 13 * l
    h2 = nh + nkv
    r1 = self.inverse_rms(x, eps)
    qkv = self.linear(self.normed(x, r1, w[o]), w, o + 1, w[o + 2], shape[3])
    qk = torch.narrow(qkv, 1, 0, h2 * hd).view([N, h2, hd])
    v = torch.narrow(qkv, 1, h2 * hd, nkv * hd).view([N, nkv, hd])
    raw = w[o + 3]
    if w[o + 3].size(0) > 0:
      raw = qk
      qk = self.normed(qk, self.inverse_rms(qk, eps), self.head_norm_weight(w, o, nh, nkv))
    if layers[2 * l] == 1:
      qk = self.rotate(qk.view([N, h2, 2, hd // 2]), c, s).view([N, h2, hd])
    at = self.attend(qk, v, groups, sizes, shape, shape[4] * layers[2 * l + 1])
    x2 = self.linear_add(self.biased(x, w[o + 11]), at[0], w, o + 5, shape[3])
    r2 = self.inverse_rms(x2, eps)
    h = self.normed(x2, r2, w[o + 6])
    t = self.gated(h, w, o, shape[3])
    x3 = self.down(x2, t[0], w, l, shape)
    res = annotate(List[Tensor], [x3, qk, v, x, r1, raw, at[0], x2, r2, t[1]])
    for i in range(1, len(at)):
      _0 = torch.append(res, at[i])
    return res
