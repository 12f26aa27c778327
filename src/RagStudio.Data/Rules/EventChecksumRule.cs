using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>Every event is what its checksum was computed over.</summary>
internal sealed class EventChecksumRule()
    : RowRule("event checksums", new RuleTable("events", [.. EventChecksum.Columns, "checksum"]))
{
    private static readonly int Key = EventChecksum.Columns.Count + 1;

    public override Task<Action<IDataRow>> BeginAsync(RuleContext context)
    {
        var check = new EventChecksumCheck();
        return Task.FromResult<Action<IDataRow>>(row =>
        {
            if (!check.Fits(row))
            {
                Report(context, row);
            }
        });
    }

    private static void Report(RuleContext context, IDataRow row)
    {
        var id = row.GetString(Key);
        context.Report(
            ValidationErrorKind.ChecksumMismatch,
            "events",
            id,
            $"event {row.GetString(0)} (row {id} of 'events') is not what its checksum was computed over"
        );
    }
}
