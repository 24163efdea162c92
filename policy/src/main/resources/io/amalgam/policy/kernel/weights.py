  # ---- Moving tensors between the host and the device ------------------------------------------

  def zeros(self: __torch__.Kernels, like: Tensor, shape: List[int], dt: int) -> Tensor:
    return torch.zeros(shape, dtype=dt, device=like.device)

  # views of one flat buffer; shapes are given flat: rank, sizes, rank, sizes ...
  def carve(self: __torch__.Kernels, flat: Tensor, offsets: List[int], shapes: List[int]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    at = 0
    for i in range(len(offsets)):
      rank = shapes[at]
      size = shapes[at + 1 : at + 1 + rank]
      at = at + 1 + rank
      n = 1
      for j in range(rank):
        n = n * size[j]
      _0 = torch.append(out, torch.narrow(flat, 0, offsets[i], n).view(size))
    return out

  # raw bytes of type dt into rows from `row` on of tensor i
  def store(self: __torch__.Kernels, w: List[Tensor], i: int, row: int, rows: int, raw: Tensor, dt: int) -> int:
    place = torch.narrow(w[i], 0, row, rows)
    _0 = torch.copy_(place, torch.view_copy(raw, dtype=dt).view(place.size()))
    return 0

  # rows of tensor i as bytes of type dt
  def fetch(self: __torch__.Kernels, w: List[Tensor], i: int, row: int, rows: int, dt: int) -> Tensor:
    return torch.view_copy(torch.narrow(w[i], 0, row, rows).to(dt).contiguous().view([-1]), dtype=0)

  def element(self: __torch__.Kernels, w: List[Tensor], i: int) -> Tensor:
    return w[i]

  # a weight packed for products with about `rows` rows
  def pack(self: __torch__.Kernels, w: Tensor, rows: int) -> Tensor:
    return ops.mkldnn._reorder_linear_weight(w, rows)

  # the same of some of its columns
  def pack_piece(self: __torch__.Kernels, w: Tensor, start: int, size: int, rows: int) -> Tensor:
    return self.pack(torch.narrow(w, 1, start, size).contiguous(), rows)

  # a weight quantised to int8, symmetric, a scale per row: [packed, scales [rows] f32]
  def quantise(self: __torch__.Kernels, w: Tensor) -> List[Tensor]:
    x = w.to(6)
    s = torch.clamp_min(torch.mul(torch.linalg_vector_norm(x, inf, [1]), 0.007874015748031496), 1e-30)
    return [ops.onednn.qlinear_prepack(torch.round_(torch.div(x, s.unsqueeze(1))).to(1), None), s]

  def cast(self: __torch__.Kernels, x: Tensor, dt: int) -> Tensor:
    return x.to(dt)

  # ---- Measuring ---------------------------------------------------------------------------------

  def read_all(self: __torch__.Kernels, x: Tensor) -> Tensor:
    return torch.sum(x)

  def products(self: __torch__.Kernels, x: Tensor, w: List[Tensor]) -> Tensor:
    y = x
    for i in range(len(w)):
      y = torch.linear(x, w[i])
    return y

  # how many numbers of `rows` rows of products with a packed matrix are not those of all rows with
  # the plain one, or not those of products with the factors exchanged, [1] i64
  def unequal(self: __torch__.Kernels, x: Tensor, y: Tensor, w: Tensor, packed: Tensor, rows: int) -> Tensor:
    a = torch.narrow(x, 0, 0, rows).contiguous()
    b = torch.narrow(y, 0, 0, rows).contiguous()
    first = torch.ne(torch.narrow(torch.linear(x, w), 0, 0, rows), self.packed_product(a, packed, torch.narrow(w, 0, 0, 0)))
    second = torch.ne(torch.narrow(torch.addmm(y, x, torch.t(w)), 0, 0, rows), self.product_add(b, a, packed, 2))
    third = torch.ne(torch.matmul(a, torch.t(x)), torch.t(torch.matmul(x, torch.t(a))))
    return torch.add(torch.sum(torch.add(first.to(4), second.to(4))), torch.sum(third.to(4))).view([1])
