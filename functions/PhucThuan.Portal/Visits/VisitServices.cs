using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PhucThuan.Portal.Visits.Checkpoints;
using PhucThuan.Portal.Visits.Counting;
using PhucThuan.Portal.Visits.Counting.Partitions;
using PhucThuan.Portal.Visits.Ledger;
using PhucThuan.Portal.Visits.Online;
using PhucThuan.Portal.Visits.Referrers;
using PhucThuan.Portal.Visits.Screening;
using PhucThuan.Portal.Visits.Statistics;

namespace PhucThuan.Portal.Visits;

/// <summary>Registers counter, screening, online count, ledger and statistics.</summary>
internal static class VisitServices
{
    public static IServiceCollection AddVisits(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<VisitOptions>, VisitOptionsValidator>();
        services.AddOptionsWithValidateOnStart<VisitOptions>().BindConfiguration(VisitOptions.Section);
        return services
            .AddSingleton<KnownCounts>()
            .AddSingleton<PartitionRegistry>()
            .AddSingleton<PartitionWatch>()
            .AddSingleton<VisitCounter>()
            .AddHostedService(provider => provider.GetRequiredService<VisitCounter>())
            .AddSingleton<VisitReader>()
            .AddSingleton<VisitRows>()
            .AddSingleton<VisitLedger>()
            .AddSingleton<VisitRetention>()
            .AddSingleton<AddressRates>()
            .AddSingleton<RecentVisitors>()
            .AddSingleton<OtherSites>()
            .AddSingleton<ReferrerHosts>()
            .AddSingleton<ViewScreening>()
            .AddSingleton<VisitRecorder>()
            .AddSingleton<VisitorKeys>()
            .AddSingleton<OnlineVisitors>()
            .AddHostedService(provider => provider.GetRequiredService<OnlineVisitors>())
            .AddSingleton<VisitorCleanup>()
            .AddSingleton<VisitEndpoints>()
            .AddSingleton<BalanceImport>()
            .AddSingleton<LedgerEndpoint>()
            .AddSingleton<StatisticsReader>()
            .AddSingleton<ReportReader>()
            .AddSingleton<StatisticsEndpoint>()
            .AddSingleton<MonthEndpoint>()
            .AddSingleton<StatisticsExport>()
            .AddSingleton<CheckpointLog>()
            .AddSingleton<CheckpointWriter>()
            .AddSingleton<CheckpointEndpoint>();
    }
}
