using System.Text;
using System.Text.Json;

namespace RagStudio.Data;

/// <summary>
/// Finds <c>$.kb_id</c> in an event's data as <c>json_extract</c> does: in the outermost object, the first of
/// several, with or without escapes in its name. Only text can be an id. Allocates nothing unless the id
/// contains escapes.
/// </summary>
internal sealed class KnowledgeBaseIdReader
{
    /// <summary>The nesting limit of SQLite's own JSON functions: https://sqlite.org/json1.html.</summary>
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    private byte[] _unescaped = [];

    /// <summary>Reads no further than the id. The rest may not be valid JSON.</summary>
    /// <param name="json">The data.</param>
    /// <param name="id">The id, valid until the next call and as long as the data.</param>
    /// <returns>True if there is one.</returns>
    public bool TryRead(ReadOnlySpan<byte> json, out ReadOnlySpan<byte> id)
    {
        id = default;
        if (!MayName(json))
        {
            return false;
        }
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            if (!FindValue(ref reader) || reader.TokenType != JsonTokenType.String)
            {
                return false;
            }
            id = reader.ValueIsEscaped ? Unescape(ref reader) : reader.ValueSpan;
            return true;
        }
        catch (JsonException)
        {
            // Another rule reports it.
            return false;
        }
    }

    /// <summary>True if all of the data is valid JSON.</summary>
    public static bool IsJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static string Text(ReadOnlySpan<byte> id) => Encoding.UTF8.GetString(id);

    /// <summary>Detects most data without such a member before parsing it.</summary>
    private static bool MayName(ReadOnlySpan<byte> json) =>
        json.IndexOf("\"kb_id\""u8) >= 0 || json.IndexOf((byte)'\\') >= 0;

    private static bool FindValue(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = IsId(ref reader);
            reader.Read();
            if (isId)
            {
                return true;
            }
            reader.Skip();
        }
        return false;
    }

    private static bool IsId(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.ValueTextEquals("kb_id"u8);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: not this name.
            return false;
        }
    }

    private ReadOnlySpan<byte> Unescape(scoped ref Utf8JsonReader reader)
    {
        if (_unescaped.Length < reader.ValueSpan.Length)
        {
            _unescaped = new byte[reader.ValueSpan.Length];
        }
        try
        {
            return _unescaped.AsSpan(0, reader.CopyString(_unescaped));
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: not text, and not the id of any knowledge base.
            return reader.ValueSpan;
        }
    }
}
