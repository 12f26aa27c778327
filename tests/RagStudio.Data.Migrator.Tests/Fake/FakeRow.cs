using System.Globalization;
using System.Text;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>A row of a fake table, which has one column.</summary>
internal sealed class FakeRow(string text) : IDataRow
{
    public bool IsNull(int column) => false;

    public long GetInt64(int column) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public string GetString(int column) => text;

    public ReadOnlySpan<byte> GetUtf8(int column) => Encoding.UTF8.GetBytes(text);
}
