using System.Text;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Tests.Rules;

public sealed class KnowledgeBaseIdReaderTests
{
    private static readonly string[] Names =
    [
        "kb_id",
        "kb\\u005fid",
        "\\u006bb_id",
        "KB_ID",
        "kb_id2",
        "id",
        "",
        "k\\\"b",
    ];
    private static readonly string[] Values =
    [
        "\"x\"",
        "\"ä \\u00e4 \\n\"",
        "\"\"",
        "\"\\ud83d\\ude00\"",
        "7",
        "null",
        "true",
        "{\"kb_id\":\"inner\"}",
        "[{\"kb_id\":\"inner\"},\"kb_id\"]",
        "\"kb_id\"",
    ];

    [TestCase("""{"kb_id":"first","kb_id":"second"}""", "first")]
    [TestCase("""{"kb\u005fid":"escaped"}""", "escaped")]
    [TestCase("""{"kb_id":"a\u0062"}""", "ab")]
    [TestCase("""{"x":{"kb_id":"inner"}}""", null)]
    [TestCase("""[{"kb_id":"inner"}]""", null)]
    [TestCase("""{"kb_id":7}""", null)]
    [TestCase("""{"kb_id":7,"kb_id":"second"}""", null)]
    [TestCase("""{"kb_id":""}""", "")]
    [TestCase("\"kb_id\"", null)]
    [TestCase("{\"kb_id\"", null)]
    [TestCase("{\"kb_id\":", null)]
    [TestCase("{kb_id:\"x\"}", null)]
    [TestCase("", null)]
    public void TryRead_finds_the_text_of_the_outermost_member(string json, string? id) =>
        Assert.That(Read(json), Is.EqualTo(id));

    [Test]
    public void TryRead_finds_what_json_extract_finds()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = new SqliteCommand(
            "SELECT CASE json_type($json, '$.kb_id') WHEN 'text' THEN json_extract($json, '$.kb_id') END",
            connection
        );
        var parameter = command.Parameters.Add("$json", SqliteType.Text);
        var random = new Random(4);
        for (var i = 0; i < 5000; i++)
        {
            var json = Json(random);
            parameter.Value = json;

            Assert.That(Read(json), Is.EqualTo(command.ExecuteScalar() as string), json);
        }
    }

    [Test]
    public void TryRead_reads_as_deep_as_SQLite_does()
    {
        var deep = new string('[', 900) + new string(']', 900);

        Assert.That(Read($$"""{"a":{{deep}},"kb_id":"x"}"""), Is.EqualTo("x"));
        Assert.That(KnowledgeBaseIdReader.IsJson(Encoding.UTF8.GetBytes(deep)), Is.True);
    }

    [Test]
    public void TryRead_does_not_fail_on_half_of_a_surrogate_pair_or_on_bytes_that_are_no_text()
    {
        Assert.That(Read("{\"\\ud800\":1,\"kb_id\":\"\\ud800\"}"), Is.EqualTo("\\ud800"));
        Assert.That(
            new KnowledgeBaseIdReader().TryRead("{\"\\u0041"u8.ToArray().Append((byte)0xff).ToArray(), out _),
            Is.False
        );
        Assert.That(
            new KnowledgeBaseIdReader().TryRead([.. "{\"kb_id\":\"\\u0041"u8, 0xff, .. "\"}"u8], out _),
            Is.True
        );
    }

    private static string Json(Random random)
    {
        var members = Enumerable
            .Range(0, random.Next(4))
            .Select(_ => $"\"{Names[random.Next(Names.Length)]}\" : {Values[random.Next(Values.Length)]}");
        return $" {{ {string.Join(" , ", members)} }}";
    }

    private static string? Read(string json) =>
        new KnowledgeBaseIdReader().TryRead(Encoding.UTF8.GetBytes(json), out var id)
            ? Encoding.UTF8.GetString(id)
            : null;
}
