using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagStudio.Data.Cli;

/// <summary>Writes the JSON document of a command.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // The document goes to a pipe, not into a web page: paths and names stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Write(TextWriter writer, object document) =>
        // The relaxed encoder does not escape characters that change the direction of text.
        writer.WriteLine(NeutralText.Lines(JsonSerializer.Serialize(document, document.GetType(), Options)));
}
