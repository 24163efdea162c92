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
