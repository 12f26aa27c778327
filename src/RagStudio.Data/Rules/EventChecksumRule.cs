using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data;

/// <summary>Requires every event to match its checksum.</summary>
/// <param name="table">The table of the events.</param>
internal sealed class EventChecksumRule(string table)
    : RowRule("event checksums", new RuleTable(table, [.. EventChecksum.Columns, "checksum"]))
{
    public override Task<Action<IDataRow>> BeginAsync(RuleContext context)
    {
        var pass = new ChecksumPass(
            (row, eventId) =>
                context.Report(
                    ValidationErrorKind.ChecksumMismatch,
                    table,
                    row,
                    $"event {eventId} (row {row} of '{table}') is not what its checksum was computed over"
                )
        );
        context.AtEnd(pass.End);
        return Task.FromResult<Action<IDataRow>>(pass.Inspect);
    }
}
