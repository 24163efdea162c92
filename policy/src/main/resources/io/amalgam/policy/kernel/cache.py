  # ---- The key-value cache in buckets of rows of one length -------------------------------------
  # kc, vc: entry l nb + b holds layer l of bucket b, [rows, nkv, length of the bucket, hd].
  # segments: what the inputs of a call belong to, in their order, eight integers each:
  #   [bucket, first, inputs n, reach, piece 0/1, bucket of the beginning or -1, its row, apart]
  # piece 0: the next position of rows first .. first + n-1; 1: n consecutive positions of row first.
  # With a beginning, the first `apart` positions of all these rows lie once in a row of another
  # bucket, and theirs hold what follows. Values are summed in two parts, each rounded, that meet at
  # `apart`, wherever they lie: training does the same.
  # reach: positions of the bucket that are looked at, at least the largest one in it + 1.

  # an empty cache: no rows in any bucket
  def buckets(self: __torch__.Kernels, like: Tensor, layers: int, lengths: List[int], nkv: int, hd: int, dt: int) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for l in range(layers):
      for b in range(len(lengths)):
        _0 = torch.append(out, torch.zeros([0, nkv, lengths[b], hd], dtype=dt, device=like.device))
    return out

  def resized(self: __torch__.Kernels, x: Tensor, rows: int, kept: int) -> Tensor:
    y = torch.zeros([rows, x.size(1), x.size(2), x.size(3)], dtype=x.dtype, device=x.device)
    if kept > 0:
      _0 = torch.copy_(torch.narrow(y, 0, 0, kept), torch.narrow(x, 0, 0, kept))
    return y

  # gives bucket b of nb that many rows, of which the first `kept` hold what they held; one tensor
  # at a time exists twice
  def resize(self: __torch__.Kernels, kc: List[Tensor], vc: List[Tensor], b: int, nb: int, rows: int, kept: int) -> int:
    for l in range(len(kc) // nb):
      i = l * nb + b
      kc[i] = self.resized(kc[i], rows, kept)
      vc[i] = self.resized(vc[i], rows, kept)
    return rows

  # `length` positions, from `start` on, of row a of bucket ba of one cache to the beginning of row b
  # of bucket bb of another or the same
  # row = [buckets of the one, ba, a, buckets of the other, bb, b, start]
  def copy_row(self: __torch__.Kernels, kc: List[Tensor], vc: List[Tensor], ko: List[Tensor], vo: List[Tensor], row: List[int], length: int) -> int:
    for l in range(len(kc) // row[0]):
      i = l * row[0] + row[1]
      j = l * row[3] + row[4]
      _0 = torch.copy_(torch.narrow(torch.select(ko[j], 0, row[5]), 1, 0, length), torch.narrow(torch.select(kc[i], 0, row[2]), 1, row[6], length))
      _1 = torch.copy_(torch.narrow(torch.select(vo[j], 0, row[5]), 1, 0, length), torch.narrow(torch.select(vc[i], 0, row[2]), 1, row[6], length))
    return length

  # places of the heads [n nkv] of a bucket's rows of vectors [hd]: rows [n] of length `length`,
  # positions [n] in them
  def head_places(self: __torch__.Kernels, row: Tensor, position: Tensor, nkv: int, length: int) -> Tensor:
    heads = torch.add(torch.mul(row, nkv).unsqueeze(1), torch.arange(nkv, device=row.device))
    return torch.add(torch.mul(heads, length), position.unsqueeze(1)).view([-1])

  # `copy` of `keep` with the places of heads: token copy[2i][j] goes to position copy[2i + 1][j] of
  # a bucket's rows end to end
  def head_copy(self: __torch__.Kernels, kc: List[Tensor], copy: List[Tensor], places: List[int]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for i in range(len(places) - 1):
      nkv = kc[places[i + 1]].size(1)
      length = kc[places[i + 1]].size(2)
      _0 = torch.append(out, copy[2 * i])
      _1 = torch.append(out, self.head_places(torch.div(copy[2 * i + 1], length, rounding_mode="floor"), torch.remainder(copy[2 * i + 1], length), nkv, length))
    return out

  # keys and values [N, nkv hd] of layer l of packed tokens into the cache: the heads of token
  # copy[2i][j] go to places copy[2i + 1] of bucket places[i + 1]; places[0] = nb
  def keep(self: __torch__.Kernels, kc: List[Tensor], vc: List[Tensor], l: int, k: Tensor, v: Tensor, copy: List[Tensor], places: List[int]) -> int:
    for i in range(len(places) - 1):
      j = l * places[0] + places[i + 1]
      hd = kc[j].size(3)
      _0 = torch.index_copy_(kc[j].view([-1, hd]), 0, copy[2 * i + 1], torch.index_select(k, 0, copy[2 * i]).view([-1, hd]))
      _1 = torch.index_copy_(vc[j].view([-1, hd]), 0, copy[2 * i + 1], torch.index_select(v, 0, copy[2 * i]).view([-1, hd]))
    return l

  # per segment: [places of the new keys, additive mask, the same for layers with a window]
  def spans(self: __torch__.Kernels, x: Tensor, kc: List[Tensor], pos: Tensor, segments: List[int], shape: List[int]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    g = shape[0] // shape[1]
    first = 0
    for i in range(len(segments) // 8):
      n = segments[8 * i + 2]
      reach = segments[8 * i + 3]
      before = 0
      if segments[8 * i + 5] >= 0:
        before = segments[8 * i + 7]
      dt = 6
      if shape[5] == 1 and before == 0:
        dt = x.dtype
      length = kc[segments[8 * i]].size(2)
      p = torch.narrow(pos, 0, first, n)
      first = first + n
      seen = torch.arange(before + reach, device=pos.device).unsqueeze(0)
      mask = torch.masked_fill(torch.zeros([n, before + reach], dtype=dt, device=pos.device), torch.gt(seen, p.unsqueeze(1)), -1e30)
      near = mask
      if shape[4] > 0:
        near = torch.masked_fill(mask, torch.le(seen, p.unsqueeze(1) - shape[4]), -1e30)
      if segments[8 * i + 4] == 0:
        row = torch.arange(segments[8 * i + 1], segments[8 * i + 1] + n, device=pos.device)
        size = [n, 1, 1, before + reach]
      else:
        row = torch.mul(torch.ones_like(p), segments[8 * i + 1])
        mask = mask.unsqueeze(0).expand([g, n, reach]).contiguous()
        near = near.unsqueeze(0).expand([g, n, reach]).contiguous()
        size = [1, 1, g * n, reach]
      _0 = torch.append(out, self.head_places(row, torch.sub(p, before), shape[1], length))
      _1 = torch.append(out, mask.view(size))
      _2 = torch.append(out, near.view(size))
    return out

  # Stores keys and values of layer l of the inputs, qkv [B, (nh + 2 nkv) hd] with qk its queries and
  # keys after rotation, and returns their attention over the cache, [B, nh hd]
  def attend_segments(self: __torch__.Kernels, qk: Tensor, v: Tensor, kc: List[Tensor], vc: List[Tensor], l: int, layers: List[int], segments: List[int], spans: List[Tensor], shape: List[int]) -> Tensor:
    nh = shape[0]
    nkv = shape[1]
    hd = shape[2]
    qd = nh * hd
    kd = nkv * hd
    g = nh // nkv
    nb = len(kc) // (len(layers) // 2)
    out = annotate(List[Tensor], [])
    first = 0
    for i in range(len(segments) // 8):
      j = l * nb + segments[8 * i]
      row = segments[8 * i + 1]
      n = segments[8 * i + 2]
      reach = segments[8 * i + 3]
      apart = segments[8 * i + 7]
      mine = qk
      added = v
      if n < qk.size(0):
        mine = torch.narrow(qk, 0, first, n)
        added = torch.narrow(v, 0, first, n)
      _0 = torch.index_copy_(kc[j].view([-1, hd]), 0, spans[3 * i], torch.narrow(mine, 1, qd, kd).reshape([-1, hd]))
      _1 = torch.index_copy_(vc[j].view([-1, hd]), 0, spans[3 * i], added.reshape([-1, hd]))
      first = first + n
      mask = spans[3 * i + 1]
      if layers[2 * l + 1] == 1:
        mask = spans[3 * i + 2]
      q = torch.narrow(mine, 1, 0, qd).view([n, nkv, g, hd])
      if segments[8 * i + 4] == 0:
        keys = torch.narrow(torch.narrow(kc[j], 0, row, n), 2, 0, reach)
        values = torch.narrow(torch.narrow(vc[j], 0, row, n), 2, 0, reach)
        if segments[8 * i + 5] >= 0:
          b = l * nb + segments[8 * i + 5]
          k0 = torch.narrow(torch.select(kc[b], 0, segments[8 * i + 6]), 1, 0, apart)
          v0 = torch.narrow(torch.select(vc[b], 0, segments[8 * i + 6]), 1, 0, apart)
          a = self.attend_shared(q, k0, v0, keys, values, mask).reshape([n, qd])
        else:
          a = self.attend_cache(q, keys, values, mask, shape, apart).reshape([n, qd])
      else:
        keys = torch.narrow(torch.narrow(kc[j], 0, row, 1), 2, 0, reach)
        values = torch.narrow(torch.narrow(vc[j], 0, row, 1), 2, 0, reach)
        q = torch.permute(q, [1, 2, 0, 3]).reshape([1, nkv, g * n, hd])
        a = self.attend_cache(q, keys, values, mask, shape, apart)
        a = torch.permute(a.reshape([nkv, g, n, hd]), [2, 0, 1, 3]).reshape([n, qd])
      _2 = torch.append(out, a)
    if len(out) == 1:
      return out[0]
    return torch.cat(out)

  # scores q kT of [n, g, hd] with [n, T, hd], [n, g, T]; g at least 2
  def scores(self: __torch__.Kernels, q: Tensor, k: Tensor, shape: List[int]) -> Tensor:
    # keys as the left factor are read as they lie, and the sums are the same
    if shape[3] >= 2:
      return torch.bmm(k, q.transpose(1, 2)).transpose(1, 2)
    return torch.bmm(q, k.transpose(1, 2))

  # attention of g queries per key head, q [B, nkv, g, hd], over cached keys and values [B, nkv, T, hd]
  def attend_cache(self: __torch__.Kernels, q: Tensor, k: Tensor, v: Tensor, mask: Tensor, shape: List[int], apart: int) -> Tensor:
    if shape[5] == 1:
      return torch.scaled_dot_product_attention(q, k, v, mask)
    g = q.size(2)
    # two rows for the reason given at `product`
    if g == 1:
      q = q.expand([q.size(0), q.size(1), 2, q.size(3)])
    n = q.size(0) * q.size(1)
    hd = q.size(3)
    a = self.scores(q.reshape([n, q.size(2), hd]), k.reshape([n, k.size(2), hd]), shape)
    a = a.contiguous().view([k.size(0), k.size(1), q.size(2), k.size(2)])
    p = torch.softmax(torch.add(mask, a, alpha=torch.pow(float(hd), -0.5)), -1).to(q.dtype).view([n, q.size(2), k.size(2)])
    y = self.weighted(p, v.reshape([n, v.size(2), hd]), apart).view([k.size(0), k.size(1), q.size(2), hd])
    return torch.narrow(y, 2, 0, g)

  # The same where the first positions of all B sequences are those of k0, v0 [nkv, L, hd]: read once,
  # for the queries of all. k, v [B, nkv, T, hd] follow; mask [B, 1, 1, L + T] f32
  def attend_shared(self: __torch__.Kernels, q: Tensor, k0: Tensor, v0: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    B = q.size(0)
    nkv = q.size(1)
    g = q.size(2)
    hd = q.size(3)
    L = k0.size(1)
    T = k.size(2)
    two = g
    if g == 1:
      two = 2
      q = q.expand([B, nkv, two, hd])
    a0 = torch.bmm(torch.permute(q, [1, 0, 2, 3]).reshape([nkv, B * two, hd]), k0.transpose(1, 2))
    a1 = torch.bmm(k.reshape([B * nkv, T, hd]), q.reshape([B * nkv, two, hd]).transpose(1, 2))
    a = torch.cat([torch.permute(a0.view([nkv, B, two, L]), [1, 0, 2, 3]), a1.view([B, nkv, T, two]).transpose(2, 3)], 3)
    p = torch.softmax(torch.add(mask, a, alpha=torch.pow(float(hd), -0.5)), -1).to(q.dtype)
    p0 = torch.permute(torch.narrow(p, 3, 0, L), [1, 0, 2, 3]).reshape([nkv, B * two, L])
    y0 = torch.permute(torch.bmm(p0, v0).view([nkv, B, two, hd]), [1, 0, 2, 3]).reshape([B * nkv, two, hd])
    y = torch.baddbmm(y0, torch.narrow(p, 3, L, T).view([B * nkv, two, T]), v.reshape([B * nkv, T, hd]))
    return torch.narrow(y.view([B, nkv, two, hd]), 2, 0, g)

  # Consecutive positions of one row, whose earlier positions are in the cache.
  # batch = [ids [n, k], weights [n, k] and what is added, positions [n]]
  def extend(self: __torch__.Kernels, w: List[Tensor], kc: List[Tensor], vc: List[Tensor], tables: List[Tensor], batch: List[Tensor], segments: List[int], shape: List[int], layers: List[int]) -> int:
    x = self.mixture(w[0], batch[0], batch[1], shape)
    x = self.advance(w, kc, vc, tables, x, batch[2], segments, shape, layers)
    return x.size(0)

  # Logits with a repetition penalty: those of the ids in `seen` [B, S] are divided by it where
  # positive and multiplied where not. An id may stand in a row twice; an empty tensor: no penalty.
  def penalised(self: __torch__.Kernels, lg: Tensor, seen: Tensor, penalty: float) -> Tensor:
    if seen.size(0) == 0:
      return lg
    z = lg.to(6)
    s = torch.gather(z, 1, seen)
    return torch.scatter_(z, 1, seen, torch.where(torch.gt(s, 0.), torch.div(s, penalty), torch.mul(s, penalty)))
