namespace PhucThuan.Portal.Site.Errors;

/// <summary>Text of an error for readers: what happened, and what to do.</summary>
public sealed record ErrorText(int Status, string Title, string Detail)
{
    private static readonly ErrorText[] All =
    [
        new(400, "Yêu cầu không hợp lệ", "Máy chủ không hiểu yêu cầu này. Xin kiểm tra lại địa chỉ rồi thử lại."),
        new(
            404,
            "Không tìm thấy trang",
            "Trang này không có hoặc đã được gỡ. Xin kiểm tra lại địa chỉ hoặc xem các bài viết ở trang chủ."),
        new(405, "Phương thức không được hỗ trợ", "Địa chỉ này có, nhưng không nhận phương thức vừa dùng."),
        new(409, "Mâu thuẫn với dữ liệu đã có", "Dữ liệu này đã được ghi với nội dung khác."),
        new(
            410,
            "Bài viết đã được gỡ",
            "Bài viết này đã được gỡ khỏi cổng. Xin xem các bài viết khác ở trang chủ hoặc dùng ô tìm kiếm."),
        new(500, "Có lỗi xảy ra", "Máy chủ gặp lỗi ngoài dự kiến. Lỗi đã được ghi lại. Xin thử lại sau ít phút."),
        new(503, "Trang đang tạm gián đoạn", "Kho dữ liệu chưa phản hồi. Xin thử lại sau ít giây."),
    ];

    /// <exception cref="ArgumentOutOfRangeException">The status has no text.</exception>
    public static ErrorText For(int status) =>
        All.FirstOrDefault(text => text.Status == status)
            ?? throw new ArgumentOutOfRangeException(nameof(status), status, null);
}
