namespace PhucThuan.LocalHost;

/// <summary>Settings for the samples; they fill every part of a page that a setting can change.</summary>
public static class SampleSettings
{
    public static IReadOnlyDictionary<string, string> Values { get; } = new Dictionary<string, string>
    {
        ["Contact__Body"] = "Ủy ban nhân dân xã Phúc Thuận",
        ["Contact__Person"] = "Chủ tịch Ủy ban nhân dân xã",
        ["Contact__Licence"] = "số 00/GP-TTĐT (mẫu)",
        ["Contact__Address"] = "Xã Phúc Thuận, tỉnh Thái Nguyên",
        ["Contact__Hours"] = "7 giờ 30 – 11 giờ 30 và 13 giờ – 17 giờ, từ thứ Hai đến thứ Sáu",
        ["Contact__Phones"] = "Bộ phận Một cửa: 0208 0000 000 | Công an: 113 | Cứu hỏa: 114 | Cấp cứu: 115",
        ["Contact__Email"] = "vanphong@phucthuan.example.vn",
        ["Contact__Links"] = "Tỉnh Thái Nguyên = https://thainguyen.gov.vn"
            + " | Dịch vụ công = https://dichvucong.gov.vn | Góp ý = mailto:gopy@phucthuan.example.vn",
    };
}
