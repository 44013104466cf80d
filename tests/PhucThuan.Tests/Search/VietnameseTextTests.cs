using System.Text;
using PhucThuan.Portal;

namespace PhucThuan.Tests.Search;

[Fast]
public sealed class VietnameseTextTests
{
    [Theory]
    [InlineData("Đặng Thị Huệ", "dang thi hue")]
    [InlineData("\u00D0ặng \u00F0i", "dang di")]
    [InlineData("Ủy ban, 30/4", "uy ban, 30/4")]
    [InlineData("ÀÉÎÕÜ ơ ư", "aeiou o u")]
    public void Fold_removes_marks_in_any_normalization_form(string text, string folded)
    {
        Assert.Equal(folded, VietnameseText.Fold(text));
        Assert.Equal(folded, VietnameseText.Fold(text.Normalize(NormalizationForm.FormD)));
    }

    [Fact]
    public void Both_overloads_of_fold_agree_for_every_letter()
    {
        Span<char> folded = stackalloc char[32];
        for (var letter = '\0'; letter < char.MaxValue; letter++)
        {
            var word = $"a{letter}b";
            Assert.Equal(VietnameseText.Fold(word), folded[..VietnameseText.Fold(word, folded)].ToString());
        }
    }

    [Fact]
    public void Fold_truncates_to_the_buffer()
    {
        Span<char> folded = stackalloc char[3];

        Assert.Equal("khâ".Length, VietnameseText.Fold("Khẩn", folded));
        Assert.Equal("kha", folded.ToString());
        Assert.Equal(3, VietnameseText.Fold("ﬀﬁ\u1100\uAC01ab", folded));
        Assert.Equal(2, VietnameseText.Fold("ốc", folded));
    }

    [Theory]
    [InlineData("văn hóa, hòa bình", "văn hoá, hoà bình")]
    [InlineData("HÓA Thủy khỏe", "HOÁ Thuỷ khoẻ")]
    [InlineData("lòe tọa ủy", "loè toạ uỷ")]
    [InlineData("(họa)", "(hoạ)")]
    [InlineData("hoàn hoạt toán thuyền khuỷu hoài ngoáy", "hoàn hoạt toán thuyền khuỷu hoài ngoáy")]
    [InlineData("của mùa gìa hoa khoe huy", "của mùa gìa hoa khoe huy")]
    public void The_tone_of_an_open_syllable_has_two_positions(string early, string late)
    {
        Assert.Equal(late, VietnameseText.WithLateTones(early));
        Assert.Equal(late, VietnameseText.WithLateTones(late));
    }

    [Fact]
    public void After_q_the_tone_belongs_to_y() => Assert.Equal("quý quỳ", VietnameseText.WithLateTones("quý qùy"));

    [Theory]
    [InlineData("kỹ thuật", "kĩ thuật")]
    [InlineData("Quí I, QUÝ II, qúi III", "Quý I, QUÝ II, quý III")]
    [InlineData("lý lẽ, lí do, Mỹ, bác sỹ, tỷ lệ, hy vọng", "lí lẽ, lí do, Mĩ, bác sĩ, tỉ lệ, hi vọng")]
    [InlineData("văn hóa KỲ BÍ", "văn hoá KÌ BÍ")]
    [InlineData("thúy thúi, huy hui, yêu quyển kyz y", "thuý thúi, huy hui, yêu quyển kyz y")]
    public void I_and_y_are_equivalent_where_they_sound_alike(string written, string chosen)
    {
        Assert.Equal(chosen, VietnameseText.WithOneSpelling(written));
        Assert.Equal(chosen, VietnameseText.WithOneSpelling(chosen));
    }

    [Fact]
    public void The_regex_and_the_character_test_agree_on_words()
    {
        for (var letter = '\0'; letter < char.MaxValue; letter++)
        {
            Assert.Equal(VietnameseText.Words().IsMatch(letter.ToString()), VietnameseText.IsInWord(letter));
        }
    }
}
