using System.Globalization;
using System.Text;

namespace PhucThuan.Bill;

/// <summary>The Markdown tables of infra/README.md.</summary>
internal static class BillTable
{
    public static readonly double[] Visits = [1_000, 100_000, 10_000_000];

    /// <summary>The totals of all sets, without traffic, then all lines of <c>commune</c> and <c>prod</c>.</summary>
    public static string Print(Measurement measured, Readers readers, Prices prices)
    {
        var text = new StringBuilder("| parameter set, without traffic | 1,000 visits | 100,000 visits | 10 million"
            + " visits |\n|---|---|---|---|\n");
        foreach (var name in ParameterSet.Names)
        {
            text.Append(Row($"`{name}`", MonthsOf(name).Select(month => month.WithoutTraffic)));
        }

        foreach (var name in new[] { "commune", "prod" })
        {
            var months = MonthsOf(name).ToList();
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n| `{name}` | 1,000 visits | 100,000 visits | 10 million visits |\n|---|---|---|---|\n");
            foreach (var line in months[0].Lines.Select((line, index) => (line.Name, Index: index)))
            {
                text.Append(Row(line.Name, months.Select(month => month.Lines[line.Index].Dollars)));
            }

            text.Append(Row("**total**", months.Select(month => month.Total)));
        }

        return text.ToString();

        IEnumerable<Month> MonthsOf(string name) =>
            Visits.Select(visits => Month.Compute(ParameterSet.Load(name), visits, measured, readers, prices));
    }

    private static string Row(string name, IEnumerable<double> dollars) =>
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", dollars.Select(Amount))} |\n");

    private static string Amount(double dollars) => dollars.ToString("0.00", CultureInfo.InvariantCulture);
}
