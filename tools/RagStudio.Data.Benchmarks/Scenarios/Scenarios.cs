namespace RagStudio.Data.Benchmarks;

/// <summary>All scenarios; a new one is a class and a line here.</summary>
internal static class Scenarios
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new SequenceGaps("gaps", Sizes.Events, isLong: false),
        new SequenceGaps("gaps-5m", Sizes.ManyEvents, isLong: true),
        new Orphans(),
        new ForeignKeys(),
        new References(),
        new Checksums(),
        new AllRules(),
        new Cancellation(),
        new AppendEvents("append-one", atOnce: 1, calls: 500),
        new AppendEvents("append-hundred", atOnce: 100, calls: 50),
        new ReadStream(),
        new AddChunks(),
        new Backup("backup", Sizes.FewMegabytes, isLong: false, BackupPeer.File),
        new Backup("backup-1g", Sizes.ManyMegabytes, isLong: true, BackupPeer.File),
        new Backup("backup-api", Sizes.FewMegabytes, isLong: false, BackupPeer.Api),
        new Backup("backup-api-1g", Sizes.ManyMegabytes, isLong: true, BackupPeer.Api),
        new CopyCheck("copy-check", Sizes.FewMegabytes, isLong: false),
        new CopyCheck("copy-check-1g", Sizes.ManyMegabytes, isLong: true),
        new IntegrityCheck("integrity", Sizes.FewEvents, isLong: false),
        new IntegrityCheck("integrity-1m", Sizes.Events, isLong: true),
        new Restore("restore", Sizes.FewMegabytes, isLong: false),
        new Restore("restore-1g", Sizes.ManyMegabytes, isLong: true),
        new AppendEventsOnServer(),
        new ReadStreamOnServer(),
        new ListDocumentsOnServer(),
        new ReturnDropped<NotesWithoutBody>("return-column", "column"),
        new ReturnDropped<WithoutNotes>("return-table", "table"),
        new Copy("copy", toServer: true),
        new Copy("copy-back", toServer: false),
        new CopyChunks("copy-chunks", toServer: true),
        new CopyChunks("copy-chunks-back", toServer: false),
        new TimeoutOverhead(),
    ];

    public static IEnumerable<Scenario> Chosen(BenchmarkOptions options) =>
        options.Names.Count > 0
            ? All.Where(scenario => options.Names.Contains(scenario.Name))
            : All.Where(scenario => !options.Quick || !scenario.IsLong);
}
