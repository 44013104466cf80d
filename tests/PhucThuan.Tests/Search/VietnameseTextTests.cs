using System.Text;
using PhucThuan.Portal;

namespace PhucThuan.Tests.Search;

public sealed class VietnameseTextTests
{
    [Theory]
    [InlineData("Đặng Thị Huệ", "dang thi hue")]
    [InlineData("\u00D0ặng \u00F0i", "dang di")]
    [InlineData("Ủy ban, 30/4", "uy ban, 30/4")]
    [InlineData("ÀÉÎÕÜ ơ ư", "aeiou o u")]
    public void Marks_are_taken_away_however_letters_were_composed(string text, string folded)
    {
        Assert.Equal(folded, VietnameseText.Fold(text));
        Assert.Equal(folded, VietnameseText.Fold(text.Normalize(NormalizationForm.FormD)));
    }

    [Fact]
    public void Every_letter_is_folded_the_same_with_memory_and_without()
    {
        Span<char> folded = stackalloc char[32];
        for (var letter = '\0'; letter < char.MaxValue; letter++)
        {
            var word = $"a{letter}b";
            Assert.Equal(VietnameseText.Fold(word), folded[..VietnameseText.Fold(word, folded)].ToString());
        }
    }

    [Fact]
    public void No_more_is_folded_than_there_is_room_for()
    {
        Span<char> folded = stackalloc char[3];

        Assert.Equal("khâ".Length, VietnameseText.Fold("Khẩn", folded));
        Assert.Equal("kha", folded.ToString());
        Assert.Equal(3, VietnameseText.Fold("ﬀﬁ\u1100\uAC01ab", folded));
        Assert.Equal(2, VietnameseText.Fold("ốc", folded));
    }

    [Fact]
    public void Words_are_made_of_the_same_letters_for_both_who_cut_them()
    {
        for (var letter = '\0'; letter < char.MaxValue; letter++)
        {
            Assert.Equal(VietnameseText.Words().IsMatch(letter.ToString()), VietnameseText.IsInWord(letter));
        }
    }
}
