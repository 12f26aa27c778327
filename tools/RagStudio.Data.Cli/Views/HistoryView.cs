using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the history of the databases.</summary>
internal static class HistoryView
{
    private static readonly string[] Columns =
    [
        "Time",
        "Database",
        "Event",
        "Migration",
        "Kind",
        "Took",
        "Program",
        "Detail",
    ];

    public static void Show(
        IDisplay display,
        IReadOnlyList<MigrationRecord> records,
        IReadOnlyList<EFAppliedMigration> byEF
    )
    {
        if (records.Count + byEF.Count == 0)
        {
            display.Line("The history is empty.");
        }

        display.Table(new TableContent(Columns, records.Select(Row).Concat(byEF.Select(Row))));
    }

    private static string[] Row(EFAppliedMigration applied) =>
        ["-", applied.Database, "applied by EF", applied.Version, "-", "-", "-", ""];

    private static string[] Row(MigrationRecord record) =>
        [
            ReadableText.Time(record.AppliedAt),
            record.Database,
            record.Event == MigrationEvent.Accepted ? "accepted" : MigrationEventText.NameOf(record.Event),
            record.Version ?? "-",
            record.Kind?.ToString().ToLowerInvariant() ?? "-",
            ReadableText.Duration(record.Duration),
            record.ProgramVersion,
            record.Detail ?? (record.Event == MigrationEvent.CodeRun ? record.Name : null) ?? "",
        ];
}
