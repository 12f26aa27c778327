using System.Data.Common;
using System.Globalization;
using System.Text;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data;

/// <summary>The row of an event that a reader is at, as <see cref="ChecksumBatch"/> takes it.</summary>
internal sealed class EventRow(RowTable table, DbDataReader reader) : IDataRow
{
    private readonly int[] _columns =
    [
        .. EventChecksum.Columns.Append("checksum").Append("id").Select(name => IndexOf(table, name)),
    ];

    public bool IsNull(int column) => Read(column) is null;

    public long GetInt64(int column) => (long)Read(column)!;

    public string GetString(int column) =>
        Read(column) switch
        {
            null => "",
            DateTimeOffset time => UtcTextConverter.Write(time),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    public ReadOnlySpan<byte> GetUtf8(int column) => Encoding.UTF8.GetBytes(GetString(column));

    private object? Read(int column) => RowValue.Read(table, _columns[column], reader);

    private static int IndexOf(RowTable table, string column) =>
        table.Columns.Select(one => one.Name).ToList().IndexOf(column);
}
