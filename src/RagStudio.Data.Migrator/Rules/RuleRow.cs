using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>
/// A row of a shared pass as one of its rules sees it: that rule's columns, followed by the row's key.
/// </summary>
internal sealed class RuleRow(int[] columns) : IDataRow
{
    private IDataRow _shared = null!;

    public void Of(IDataRow shared) => _shared = shared;

    public bool IsNull(int column) => _shared.IsNull(columns[column]);

    public long GetInt64(int column) => _shared.GetInt64(columns[column]);

    public string GetString(int column) => _shared.GetString(columns[column]);

    public ReadOnlySpan<byte> GetUtf8(int column) => _shared.GetUtf8(columns[column]);
}
