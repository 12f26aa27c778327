using System.Security.Cryptography;
using System.Text.Json;

namespace RagStudio.Data;

/// <summary>Reads the lines of a file of rows, and trusts none of them.</summary>
internal sealed class RowFileReader(Stream input, IReadOnlyList<RowTable> tables) : IDisposable
{
    private const string AnotherName = "(another name)";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly LineReader _lines = new(input);
    private long? _last;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<string, long> _rows = tables.ToDictionary(table => table.Name, _ => 0L);
    private readonly Dictionary<string, RowTable> _tables = tables.ToDictionary(table => table.Name);

    /// <summary>The line that was read last.</summary>
    private long Line => _last ?? _lines.Line;

    /// <summary>Hands each row to a function, then verifies the last line.</summary>
    /// <exception cref="RowFileException">A line is not as an export writes it.</exception>
    public async Task<RowTotals> ReadAsync(Func<RowTable, object?[], Task> take, CancellationToken cancellationToken)
    {
        ReadHeader(await NextAsync(cancellationToken).ConfigureAwait(false));
        while (true)
        {
            var line = await NextAsync(cancellationToken).ConfigureAwait(false);
            using var document = Parse(line);
            if (!document.RootElement.TryGetProperty(RowFormat.Table, out var name))
            {
                return await EndAsync(document.RootElement, cancellationToken).ConfigureAwait(false);
            }
            Hash(line);
            var table = TableOf(name);
            await take(table, ReadRow(table, document.RootElement)).ConfigureAwait(false);
            _rows[table.Name]++;
        }
    }

    /// <summary>The exception for a fault of the line that was read last.</summary>
    public RowFileException Fault(string problem) => new(Line, problem);

    public void Dispose() => _hash.Dispose();

    private async ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken) =>
        await _lines.ReadAsync(cancellationToken).ConfigureAwait(false)
        ?? throw Fault("It is missing: the file was cut.");

    private void Hash(ReadOnlyMemory<byte> line)
    {
        _hash.AppendData(line.Span);
        _hash.AppendData("\n"u8);
    }

    private JsonDocument Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            var document = JsonDocument.Parse(line, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw Fault("It is not a JSON object.");
        }
        catch (JsonException failure)
        {
            // Its message quotes the line.
            throw Fault($"It is not JSON, or has a property twice, at byte {failure.BytePositionInLine + 1}.");
        }
        catch (InvalidOperationException)
        {
            throw Fault("A property's name is not valid text.");
        }
    }

    private void ReadHeader(ReadOnlyMemory<byte> line)
    {
        using var document = Parse(line);
        var header = document.RootElement;
        if (!header.TryGetProperty(RowFormat.Format, out var format) || !IsText(format, RowFormat.Name))
        {
            throw Fault("It does not say that this is a file of RAG Studio's rows.");
        }
        if (
            !header.TryGetProperty(RowFormat.Version, out var version)
            || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out var number)
            || number != RowFormat.Current
        )
        {
            throw Fault(
                $"The file has another version than {RowFormat.Current}, which is the one that this program reads."
            );
        }
        if (!header.TryGetProperty(RowFormat.Tables, out var found) || found.ValueKind != JsonValueKind.Object)
        {
            throw Fault("It does not name the tables.");
        }
        CompareTables(found);
        Hash(line);
    }

    /// <summary>The names of tables and columns are the version of the schema, on any provider.</summary>
    private void CompareTables(JsonElement found)
    {
        Compare("tables", _tables.Keys, found.EnumerateObject().Select(NameOf));
        foreach (var table in tables)
        {
            var columns = found.GetProperty(table.Name);
            var names = columns.ValueKind == JsonValueKind.Array ? columns.EnumerateArray().Select(Identifier) : [];
            Compare($"columns of {table.Name}", table.Columns.Select(column => column.Name), names);
        }
    }

    private void Compare(string what, IEnumerable<string> known, IEnumerable<string> found)
    {
        List<string> mine = [.. known];
        List<string> file = [.. found];
        var missing = mine.Except(file).ToList();
        var unknown = file.Except(mine).ToList();
        if (missing.Count + unknown.Count > 0 || file.Count != mine.Count)
        {
            throw Fault(
                $"The {what} are not those of this program's version. Unknown here: {List(unknown)}; missing in the file: {List(missing)}. "
                    + "Migrate the databases to the same version before the export."
            );
        }
    }

    private static string List(List<string> names) =>
        names.Count == 0 ? "none" : string.Join(", ", names.Take(10)) + (names.Count > 10 ? ", …" : "");

    private RowTable TableOf(JsonElement name)
    {
        var table = Identifier(name);
        return _tables.GetValueOrDefault(table) ?? throw Fault($"The table {table} is not in the first line.");
    }

    private object?[] ReadRow(RowTable table, JsonElement line)
    {
        if (
            line.GetPropertyCount() != 2
            || !line.TryGetProperty(RowFormat.Row, out var row)
            || row.ValueKind != JsonValueKind.Object
        )
        {
            throw Fault($"It must consist of '{RowFormat.Table}' and '{RowFormat.Row}'.");
        }
        var values = new object?[table.Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ReadValue(table, table.Columns[i], row);
        }
        return row.GetPropertyCount() == values.Length
            ? values
            : throw Fault($"A row of {table.Name} has columns that are not in the first line.");
    }

    private object? ReadValue(RowTable table, RowColumn column, JsonElement row)
    {
        try
        {
            return row.TryGetProperty(column.Name, out var value)
                ? RowValue.Parse(column, value)
                : throw new FormatException("is missing");
        }
        catch (FormatException failure)
        {
            throw Fault($"{table.Name}.{column.Name} {failure.Message}.");
        }
    }

    private async Task<RowTotals> EndAsync(JsonElement end, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(_hash.GetHashAndReset());
        if (
            !end.TryGetProperty(RowFormat.Rows, out var counts)
            || counts.ValueKind != JsonValueKind.Object
            || !end.TryGetProperty(RowFormat.Sha256, out var given)
        )
        {
            throw Fault("It is neither a row nor the end of the file.");
        }
        if (!IsText(given, hash))
        {
            throw Fault("The SHA-256 is not that of the lines before: the file was altered.");
        }
        if (counts.GetPropertyCount() != _rows.Count || !_rows.All(table => IsCount(counts, table.Key, table.Value)))
        {
            throw Fault("The numbers of rows are not those of the file.");
        }
        var last = Line;
        if (await _lines.ReadAsync(cancellationToken).ConfigureAwait(false) is not null)
        {
            throw Fault("It comes after the end.");
        }
        _last = last;
        return new RowTotals(_rows, hash);
    }

    private static bool IsCount(JsonElement counts, string table, long rows) =>
        counts.TryGetProperty(table, out var count)
        && count.ValueKind == JsonValueKind.Number
        && count.TryGetInt64(out var number)
        && number == rows;

    private static bool IsText(JsonElement element, string text) =>
        element.ValueKind == JsonValueKind.String && element.ValueEquals(text);

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return Identifier(property.Name);
        }
        catch (InvalidOperationException)
        {
            return AnotherName;
        }
    }

    private static string Identifier(JsonElement element) => Identifier(RowValue.Text(element) ?? "");

    /// <summary>A name as it may appear in a message.</summary>
    private static string Identifier(string name) =>
        name.Length is > 0 and <= 63 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            ? name
            : AnotherName;
}
