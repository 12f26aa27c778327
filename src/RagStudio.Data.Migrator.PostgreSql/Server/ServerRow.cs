using System.Globalization;
using System.Text;
using Npgsql;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>The current row of a query.</summary>
internal sealed class ServerRow(NpgsqlDataReader reader) : IDataRow
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    public long GetInt64(int column) =>
        reader.IsDBNull(column) ? 0
        : reader.GetValue(column) is bool truth ? (truth ? 1 : 0)
        : long.TryParse(GetString(column), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
        : 0;

    public string GetString(int column) =>
        reader.IsDBNull(column) ? ""
        // The label, not the name of a member that it is mapped to.
        : reader.GetFieldType(column).IsEnum ? reader.GetString(column)
        : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture) ?? "";

    public ReadOnlySpan<byte> GetUtf8(int column) => Encoding.UTF8.GetBytes(GetString(column));
}
