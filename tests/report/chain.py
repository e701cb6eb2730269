"""Four plans of our own, each carrying out the one above it: ministry, province, district, commune."""

_BODY = """I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao nhận thức của các cấp, các ngành và toàn xã hội về bảo vệ, chăm sóc trẻ em;
huy động nguồn lực cho trẻ em có hoàn cảnh đặc biệt{where}.
2. Các hoạt động được tổ chức thiết thực, tiết kiệm, phù hợp với điều kiện thực tế và bảo đảm
an toàn cho trẻ em.
II. CHỦ ĐỀ, KHẨU HIỆU
1. Chủ đề: “{theme}”.
2. Khẩu hiệu:
{slogans}
III. TỔ CHỨC THỰC HIỆN
{units}
"""
_HEAD = """{above}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
{place}, ngày {day} tháng {month} năm 2024
KẾ HOẠCH
Triển khai Tháng hành động vì trẻ em năm 2024{on}
{basis}
"""


def _plan(
    body: str,
    number: str,
    place: str,
    day: str,
    on: str,
    basis: str,
    theme: str,
    slogans: list[str],
    units: str,
) -> str:
    head = _HEAD.format(
        above=body + "\n", number=number, place=place, day=day[:2], month=day[3:], on=on, basis=basis
    )
    listed = "\n".join(f"- {slogan}." for slogan in slogans)
    return head + _BODY.format(where=on, theme=theme, slogans=listed, units=units)


THEME = "Hành động thiết thực, ưu tiên nguồn lực cho trẻ em"
CHAIN = {
    "bo/01.txt": _plan(
        "BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "1211/KH-BLĐTBXH", "Hà Nội", "02-04", "",
        "Thực hiện Luật Trẻ em năm 2016, Bộ Lao động - Thương binh và Xã hội ban hành Kế hoạch như sau:",
        THEME,
        ["Hãy hành động vì trẻ em bằng cả tinh thần", "Trẻ em hôm nay, thế giới ngày mai"],
        "1. Cục Trẻ em\n- Hướng dẫn các địa phương triển khai; báo cáo Bộ trước ngày 15/7/2024.",
    ),
    "tinh/02.txt": _plan(
        "ỦY BAN NHÂN DÂN\nTỈNH NINH BÌNH", "58/KH-UBND", "Ninh Bình", "22-04", " trên địa bàn tỉnh Ninh Bình",
        "Thực hiện Kế hoạch số 1211/KH-BLĐTBXH ngày 02/4/2024 của Bộ Lao động - Thương binh và Xã "
        "hội về triển "
        "khai Tháng hành động vì trẻ em năm 2024, Ủy ban nhân dân tỉnh Ninh Bình ban hành Kế hoạch như sau:",
        THEME, ["Hãy hành động vì trẻ em bằng cả tâm thần", "Trẻ em hôm nay, thế giới ngày mai"],
        "1. Sở Lao động - Thương binh và Xã hội\n- Chủ trì triển khai kế hoạch; tổng hợp, báo cáo "
        "Ủy ban nhân dân "
        "tỉnh trước ngày 10/7/2024.\n2. Công an tỉnh\n- Phòng ngừa, xử lý hành vi xâm hại trẻ em.",
    ),
    "huyen/03.txt": _plan(
        "ỦY BAN NHÂN DÂN\nHUYỆN NHO QUAN", "77/KH-UBND", "Nho Quan", "06-05", " trên địa bàn huyện Nho Quan",
        "Thực hiện Kế hoạch số 58/KH-UBND ngày 22/4/2024 của Ủy ban nhân dân tỉnh về triển khai "
        "Tháng hành động "
        "vì trẻ em năm 2024, Ủy ban nhân dân huyện Nho Quan ban hành Kế hoạch như sau:",
        "Ưu tiên nguồn lực cho trẻ em", ["Trẻ em hôm nay, thế giới ngày mai"],
        "1. Phòng Lao động - Thương binh và Xã hội\n- Chủ trì; báo cáo Ủy ban nhân dân huyện trước "
        "ngày 05/7/2024.\n"
        "2. Công an huyện\n- Phòng ngừa, xử lý hành vi xâm hại trẻ em.",
    ),
    "xa/04.txt": _plan(
        "ỦY BAN NHÂN DÂN\nXÃ VĂN PHÚ", "19/KH-UBND", "Văn Phú", "15-05", " trên địa bàn xã Văn Phú",
        "Thực hiện Kế hoạch số 77/KH-UBND ngày 06/5/2024 của Ủy ban nhân dân huyện Nho Quan và Kế hoạch số "
        "12/KH-HĐĐ ngày 02/5/2024 của Hội đồng Đội huyện, Ủy ban nhân dân xã Văn Phú ban hành Kế "
        "hoạch như sau:",
        "Xã Văn Phú xanh, trẻ em cười", ["Trẻ em hôm nay, thế giới ngày mai", "Mỗi nhà một tủ sách nhỏ"],
        "1. Công an xã\n- Phòng ngừa, xử lý hành vi xâm hại trẻ em.\n2. Đoàn Thanh niên xã\n- Tổ "
        "chức hoạt động hè.",
    ),
}  # fmt: skip
