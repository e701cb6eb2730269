"""Who can be given work: bodies, groups of bodies, posts and persons, as headings name them."""

from extractor.ground.bodies import head_of
from extractor.ground.names import person_name
from extractor.ground.shape import Shape
from extractor.ground.text import Span

MODAL = Shape(
    "the verb before a unit's name: it stays a modality, not a part of the name",
    r"(?i)^[\s\-+*•]*(?:đề\s+nghị|giao(?:\s+cho)?|yêu\s+cầu|kính\s+đề\s+nghị|mời|đối\s+với|phân\s+công|trách\s+nhiệm\s+của|nhiệm\s+vụ\s+của|về\s+phía|riêng)\s*:?\s+",
    yes=("Đề nghị ", "Giao ", "Yêu cầu ", "Đối với ", "Trách nhiệm của "),
    no=("Đề án ", "Giao thông "),
)
GROUP = Shape(
    "groups and posts that are given work",
    r"(?i)^(?:các|toàn\s+thể|tất\s+cả|những|từng|thủ\s+trưởng|người\s+đứng\s+đầu|lãnh\s+đạo|trưởng|phó|chủ\s+tịch|giám\s+đốc|hiệu\s+trưởng|bí\s+thư|chánh|đồng\s+chí|đ/c|ông|bà|thầy|cô|giáo\s+viên|gvcn|cán\s+bộ|công\s+chức|viên\s+chức|kế\s+toán|văn\s+thư|bảo\s+vệ|y\s+tế|nhân\s+viên|tổ|thôn|ấp|bản|bon|khu\s+phố|khóm|cơ\s+quan|đơn\s+vị|địa\s+phương|doanh\s+nghiệp|chính\s+quyền|mặt\s+trận|cơ\s+sở|lực\s+lượng|thành\s+viên|bộ\s+phận|chi\s+hội|chi\s+đoàn|đoàn\s+viên|huyện\s+ủy|thành\s+ủy|cấp\s+ủy|ban|công\s+an|quân\s+sự|nhà\s+trường|phụ\s+huynh|học\s+sinh|sinh\s+viên|thường\s+trực|các\s+đồng\s+chí|tổng\s+phụ\s+trách|trạm|đài|nhóm|khối|cộng\s+tác\s+viên|người\s+sử\s+dụng)(?!\p{L})",
    yes=("Các phòng", "Thủ trưởng", "Ông", "Giáo viên chủ nhiệm", "Tổ", "Lãnh đạo"),
    no=("Cách thức", "Tổng kết", "Banner"),
)
NOT_UNIT = Shape(
    "headings in an assigning section that are no units: money, time, reports, steps",
    r"(?i)^(?:(?:chế\s+độ|công\s+tác|về|nguồn|dự\s+toán|thời\s+gian|tiến\s+độ|kinh\s+phí|kiểm\s+tra|các\s+(?:bước|nội\s+dung|hoạt\s+động|nhiệm\s+vụ|giải\s+pháp|biện\s+pháp|văn\s+bản|mốc|chỉ\s+tiêu|điều\s+kiện|hình\s+thức|chế\s+độ)|tổ\s+chức(?!\s+(?:đoàn|công\s+đoàn|chính\s+trị|đảng))|báo\s+cáo|ban\s+hành|thông\s+tin|phòng,?\s+(?:chống|ngừa)|phòng\s+(?:chống|ngừa|bệnh)|hội\s+(?:nghị|thi|thảo|nhập|họp)|bộ\s+(?:tiêu\s+chí|câu\s+hỏi|thủ\s+tục)|báo\s+(?:cáo|động)|tổ\s+chức|khoa\s+học|đoàn\s+kết|trường\s+hợp|ban\s+ngày|viện\s+dẫn|cơ\s+sở\s+(?:pháp|vật)|cụ\s+thể|từng\s+bước|những\s+(?:nội|vấn|nhiệm)|tất\s+cả\s+các\s+nội)(?!\p{L}))",
    yes=("Chế độ báo cáo", "Kinh phí", "Các bước", "Tổ chức", "Phòng, chống"),
    no=("Các tổ chức chính trị", "Phòng Y tế", "Tổ chức đoàn"),
)
HEADING_VERB = Shape(
    "where, in a heading, a unit's name ends and its work begins",
    r"\s*(?:,\s*)?(?<!\p{L})(?:chủ\s+trì|căn\s+cứ|có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)|chịu\s+trách\s+nhiệm|(?:chủ\s+động\s+)?phối\s+hợp|chỉ\s+đạo|là\s+(?:cơ\s+quan|đầu\s+mối|đơn\s+vị))(?!\p{L})",
    yes=(" chủ trì", ", phối hợp", " căn cứ", " chỉ đạo"),
    no=(" thực hiện công tác", " Chỉ đạo"),
)
VERB = Shape(
    "where, in a sentence, a unit's name ends and its work begins: the small verbs of tasks",
    r"\s*(?:,\s*)?(?<!\p{L})(?:căn\s+cứ|có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)|chịu\s+trách\s+nhiệm|chủ\s+(?:trì|động)|phối\s+hợp|là\s+(?:cơ\s+quan|đầu\s+mối|đơn\s+vị)|tham\s+mưu|chỉ\s+đạo|tổ\s+chức(?=\s+(?:triển|thực|tuyên|các|quán|hướng|kiểm|rà|tốt|cho))|xây\s+dựng\s+kế|triển\s+khai|thực\s+hiện(?=\s+(?:tốt|nghiêm|các|công|nhiệm|đúng|việc))|hướng\s+dẫn|theo\s+dõi|đôn\s+đốc|tiếp\s+tục|tăng\s+cường|đẩy\s+mạnh|phụ\s+trách(?=\s+(?:chung|việc|công))|bố\s+trí|rà\s+soát|bám\s+sát|lồng\s+ghép|nghiêm\s+túc|quán\s+triệt|cử|bảo\s+đảm|đảm\s+bảo|tuyên\s+truyền|báo\s+cáo|tổng\s+hợp|trên\s+cơ\s+sở|gửi|xác\s+định|treo|phát\s+(?:động|thanh|huy|sóng|hành)|huy\s+động|vận\s+động|giao(?!\s+thông)|phân\s+công|đưa|chuẩn\s+bị|mời|cung\s+cấp|lập\s|tiếp\s+nhận|kiểm\s+tra|giám\s+sát|xây\s+dựng|phổ\s+biến|thông\s+báo|đăng\s|viết\s|mở\s|cấp\s+phát|thẩm\s+định|trình\s|tạo\s+điều|hỗ\s+trợ|tập\s+huấn|nhắc\s|thành\s+lập|duy\s+trì|quản\s+lý(?=\s+(?:chặt|tốt|nhà|người|các))|đề\s+xuất|tập\s+trung|thường\s+xuyên|chấp\s+hành|thực\s+hiện|tổ\s+chức|nâng\s+cao|phấn\s+đấu|cập\s+nhật|tham\s+gia|hoàn\s+thành|chịu|phải|bám|sử\s+dụng|đảm\s+nhiệm|dự\s+trù|thống\s+nhất|khẩn\s+trương|nghiên\s+cứu|kịp\s+thời|định\s+kỳ|đánh\s+giá|trực\s+tiếp|cùng\s+với)(?!\p{L})",
    yes=(" chủ trì", ", phối hợp", " căn cứ", " có trách nhiệm"),
    no=(" chủ tịch", " cứu hộ"),
)


def unit_name(words: str) -> str:
    """A unit's name: without the verb that assigns and without the final colon."""
    flat = " ".join(words.split())
    match = MODAL.re.match(flat)
    while match:
        flat = flat[match.end() :]
        match = MODAL.re.match(flat)
    flat = flat.strip(" :;.-–*_")
    return flat[:1].upper() + flat[1:]


def is_assignee(words: str) -> bool:
    """Whether words name somebody who can be given work."""
    if not words.strip() or len(words) > 420:
        return False
    modal = MODAL.re.match(words) is not None
    name = unit_name(words)
    if NOT_UNIT.re.match(name):
        return False
    if head_of(name) or GROUP.re.match(name):
        return True
    return person_name(name.split(" - ")[0]) is not None or modal and not name.isupper() and len(name) < 120 and not name.lower().startswith(("chương", "nội", "công tác"))


def split_subject(text: str, words: Span, heading: bool = False) -> tuple[Span, Span | None]:
    """A sentence's subject and the rest from its verb on; without a verb all is name.

    In a ``heading`` only verbs that always begin work count: names hold verbs, too (``Ban Chỉ đạo
    thực hiện công tác trẻ em``).
    """
    start = words.start
    modal = MODAL.re.match(text, words.start, words.end)
    if modal:
        start = modal.end()
    match = (HEADING_VERB if heading else VERB).re.search(text, min(start + 3, words.end), words.end)
    if match is None:
        return words, None
    return Span(words.start, match.start()), Span(match.start(), words.end)
