using System.Text;
using System.Text.Json;

namespace RagStudio.Data;

/// <summary>
/// Finds <c>$.kb_id</c> in an event's data as <c>json_extract</c> does: of the outermost object, the first of several, its name written with
/// escapes or without. Only text names a knowledge base. Allocates nothing, unless the id is written with escapes.
/// </summary>
internal sealed class KnowledgeBaseIdReader
{
    /// <summary>As deep as SQLite's own JSON may be: https://sqlite.org/json1.html.</summary>
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    private byte[] _unescaped = [];

    /// <summary>Reads no further than the id. What comes after it may be no JSON.</summary>
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
            // Another rule's business.
            return false;
        }
    }

    /// <summary>True if all of it is JSON.</summary>
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

    /// <summary>Most data that has no such member is seen to have none without being parsed.</summary>
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
            // Half of a surrogate pair: another name.
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
            // Half of a surrogate pair: no text, and no knowledge base has it for its id.
            return reader.ValueSpan;
        }
    }
}
