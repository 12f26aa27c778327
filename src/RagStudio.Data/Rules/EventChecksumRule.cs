using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data;

/// <summary>Requires every event to match its checksum.</summary>
internal sealed class EventChecksumRule()
    : RowRule("event checksums", new RuleTable("events", [.. EventChecksum.Columns, "checksum"]))
{
    public override Task<Action<IDataRow>> BeginAsync(RuleContext context)
    {
        var pass = new ChecksumPass(
            (row, eventId) =>
                context.Report(
                    ValidationErrorKind.ChecksumMismatch,
                    "events",
                    row,
                    $"event {eventId} (row {row} of 'events') is not what its checksum was computed over"
                )
        );
        context.AtEnd(pass.End);
        return Task.FromResult<Action<IDataRow>>(pass.Inspect);
    }
}
