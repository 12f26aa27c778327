using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagStudio.Data;

/// <summary>Strings as a single parameter of a statement, which splits them with <c>json_each</c>.</summary>
[JsonSerializable(typeof(IEnumerable<string>))]
internal sealed partial class TextList : JsonSerializerContext
{
    public static string ToJson(IEnumerable<string> texts) =>
        JsonSerializer.Serialize(texts, Default.IEnumerableString);
}
