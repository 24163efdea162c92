  # ---- Low-rank adapters -----------------------------------------------------------------------
  # W = base + scale B A. Per layer l, the adapters' flat list ad has from 8 l on: A and B of the
  # query, key and value rows, of the output, of the gate and up rows, of down. A [m rank, in] stacks
  # the A of the group's m targeted matrices, B [rows, rank] their B; both are empty without a target.
  # base has 4 entries per layer, the targeted rows of the frozen matrices.
  # targets = [first row in the weight list's matrix, rows] of query, key, value, output, gate, up,
  # down; 0 rows without an adapter.

  # adds the gradient of the targeted matrices `first` .. `first + count` of one group: with y = x WT
  # and the gradient dy of y,  B += scale dyT (x AT)  and  A += scale (dy B)T x
  def adapt(self: __torch__.Kernels, a: Tensor, b: Tensor, ga: Tensor, gb: Tensor, dy: Tensor, x: Tensor, targets: List[int], first: int, count: int, scale: float) -> Tensor:
    rank = b.size(1)
    h = torch.mm(x, torch.t(a.to(x.dtype)))
    u = torch.empty_like(h)
    b2 = b.to(dy.dtype)
    at = 0
    row = 0
    for j in range(first, first + count):
      rows = targets[2 * j + 1]
      if rows > 0:
        d = torch.narrow(dy, 1, targets[2 * j], rows)
        _0 = self.scaled_accumulate(torch.narrow(gb, 0, row, rows), d, torch.narrow(h, 1, at, rank), scale)
        _1 = torch.copy_(torch.narrow(u, 1, at, rank), torch.mm(d, torch.narrow(b2, 0, row, rows)))
        at = at + rank
        row = row + rows
    return self.scaled_accumulate(ga, u, x, scale)

  # g += scale dyT x
  def scaled_accumulate(self: __torch__.Kernels, g: Tensor, dy: Tensor, x: Tensor, scale: float) -> Tensor:
    if g.dtype == dy.dtype:
      return torch.addmm(g, torch.t(dy), x, beta=1, alpha=scale, out=g)
    return torch.add_(g, torch.mm(torch.t(dy), x), alpha=scale)

  # gradient of one matrix of the weight list: its own, or that of its adapters
  def learn(self: __torch__.Kernels, g: Tensor, dy: Tensor, x: Tensor, ad: List[Tensor], ga: List[Tensor], at: int, targets: List[int], first: int, count: int, scale: float) -> Tensor:
    if len(ad) == 0:
      return self.accumulate(g, dy, x)
    if ad[at].size(0) == 0:
      return g
    return self.adapt(ad[at], ad[at + 1], ga[at], ga[at + 1], dy, x, targets, first, count, scale)

  # writes base + scale B A into the targeted rows of w; `rounded`: to bf16 first. Summed in f64, so
  # that whoever merges the same adapter gets the same bits; by blocks of rows that stay in the cache
  def merge_group(self: __torch__.Kernels, w: Tensor, base: Tensor, a: Tensor, b: Tensor, targets: List[int], first: int, count: int, scale: float, rounded: bool) -> int:
    row = 0
    if base.size(0) > 0:
      rank = b.size(1)
      at = 0
      block = 131072 // a.size(1) + 1
      for j in range(first, first + count):
        rows = targets[2 * j + 1]
        if rows > 0:
          a2 = torch.narrow(a, 0, at, rank).to(7)
          for i in range((rows + block - 1) // block):
            n = ops.prim.min(block, rows - i * block)
            from_row = row + i * block
            m = torch.addmm(torch.narrow(base, 0, from_row, n).to(7), torch.narrow(b, 0, from_row, n).to(7), a2, beta=1, alpha=scale).to(6)
            if rounded:
              m = m.to(15)
            _0 = torch.copy_(torch.narrow(w, 0, targets[2 * j] + i * block, n), m)
          at = at + rank
          row = row + rows
    return row

  # the targeted matrices of the weight list w from base and f32 adapters, layer by layer
  def merge(self: __torch__.Kernels, w: List[Tensor], base: List[Tensor], ad: List[Tensor], targets: List[int], scale: float, rounded: bool) -> int:
    for l in range(len(base) // 4):
      o = 3 + 13 * l
      _0 = self.merge_group(w[o + 1], base[4 * l], ad[8 * l], ad[8 * l + 1], targets, 0, 3, scale, rounded)
      _1 = self.merge_group(w[o + 5], base[4 * l + 1], ad[8 * l + 2], ad[8 * l + 3], targets, 3, 1, scale, rounded)
      _2 = self.merge_group(w[o + 7], base[4 * l + 2], ad[8 * l + 4], ad[8 * l + 5], targets, 4, 2, scale, rounded)
      _3 = self.merge_group(w[o + 8], base[4 * l + 3], ad[8 * l + 6], ad[8 * l + 7], targets, 6, 1, scale, rounded)
    return 0
