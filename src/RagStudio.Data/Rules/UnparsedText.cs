using System.Text.Json;

namespace RagStudio.Data;

/// <summary>Extracts the text that <c>LegacyText.WrapInvalidJson</c> has wrapped in an object.</summary>
internal static class UnparsedText
{
    /// <returns>The text; <see langword="null"/> if this is not such an object.</returns>
    public static string? TryExtract(ReadOnlySpan<byte> json)
    {
        if (!json.StartsWith("{\"unparsed\":\""u8) || !json.EndsWith("\"}"u8))
        {
            return null;
        }
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            reader.Read();
            reader.Read();
            var text = reader.GetString();
            return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? text : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // It only begins and ends like such an object.
            return null;
        }
    }
}
