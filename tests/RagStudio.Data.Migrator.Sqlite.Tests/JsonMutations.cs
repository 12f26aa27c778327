using System.Text.Json.Nodes;

namespace RagStudio.Data.Migrator.Sqlite.Tests;

/// <summary>
/// A valid JSON text with one wrong field: missing, null, of another type, or with a value that none of our
/// writers would write.
/// </summary>
internal static class JsonMutations
{
    private static readonly string[] Texts = ["", "\"\"", "[]", "{}", "null", "true", "0", "[null]"];

    private static readonly string[] Values =
    [
        "null",
        "true",
        "[]",
        "[null]",
        "{}",
        "\"\"",
        "\"a\\u0000b\"",
        "\"\\ud800\"",
        "\"../../x\"",
        "-1",
        "77",
        "1e400",
        "9223372036854775807",
        "9999999999999999999999",
    ];

    /// <summary>
    /// Returns the text with each field replaced by each value, without each field, and texts that are not
    /// such an object at all.
    /// </summary>
    /// <returns>The texts by mutation.</returns>
    public static IEnumerable<(string Name, string Text)> Of(string good)
    {
        var root = JsonNode.Parse(good)!;
        foreach (var path in PathsOf(root, "$"))
        {
            foreach (var value in Values)
            {
                yield return ($"{path} = {value}", With(good, path, value));
            }
            yield return ($"without {path}", With(good, path, value: null));
        }
        foreach (var text in Texts)
        {
            yield return ($"'{text}'", text);
        }
        yield return ("depth", string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000));
        yield return ("half", good[..(good.Length / 2)]);
    }

    private static IEnumerable<string> PathsOf(JsonNode node, string path) =>
        node switch
        {
            JsonObject fields => fields.SelectMany(field =>
                Below(field.Value, $"{path}.{field.Key}").Prepend($"{path}.{field.Key}")
            ),
            JsonArray items => items.SelectMany(
                (item, index) => Below(item, $"{path}[{index}]").Prepend($"{path}[{index}]")
            ),
            _ => [],
        };

    private static IEnumerable<string> Below(JsonNode? node, string path) => node is null ? [] : PathsOf(node, path);

    /// <summary>
    /// Replaces a placeholder in the text, because values that are not valid JSON nodes, such as a number
    /// that overflows, must be written too.
    /// </summary>
    private static string With(string good, string path, string? value)
    {
        const string mark = "\u0001mark";
        var root = JsonNode.Parse(good)!;
        var node = root;
        var parts = path[1..].Replace("[", ".[", StringComparison.Ordinal).Split('.')[1..];
        foreach (var part in parts[..^1])
        {
            node = part[0] == '[' ? node![int.Parse(part[1..^1])] : node![part];
        }
        Put(node!, parts[^1], value is null ? null : JsonValue.Create(mark));
        return root.ToJsonString().Replace("\"\\u0001mark\"", value, StringComparison.Ordinal);
    }

    private static void Put(JsonNode parent, string part, JsonValue? value)
    {
        switch (parent)
        {
            case JsonArray items when value is null:
                items.RemoveAt(int.Parse(part[1..^1]));
                break;
            case JsonArray items:
                items[int.Parse(part[1..^1])] = value;
                break;
            default:
                parent.AsObject().Remove(part);
                if (value is not null)
                {
                    parent.AsObject().Add(part, value);
                }
                break;
        }
    }
}
