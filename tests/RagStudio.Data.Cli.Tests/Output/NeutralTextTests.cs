using System.Text.Json;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class NeutralTextTests
{
    private static readonly char[] Steering =
    [
        .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Select(code => (char)code),
        .. "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028\u2029\u200b\ufeff",
    ];

    [TestCase("as it is", "as it is")]
    [TestCase("two\r\n  lines\n", "two lines")]
    [TestCase("red \u001b[31m text", "red \\u001b[31m text")]
    [TestCase("txt.\u202egnp", "txt.\\u202egnp")]
    [TestCase("Größe, Ω, 日本, 👩‍🚀", "Größe, Ω, 日本, 👩‍🚀")]
    public void OneLine_shows_what_steers_a_terminal_as_an_escape(string text, string line) =>
        Assert.That(NeutralText.OneLine(text), Is.EqualTo(line));

    [Test]
    public void OneLine_shows_half_a_character_as_an_escape() =>
        Assert.That(NeutralText.OneLine("half " + '\ud83d'), Is.EqualTo("half \\ud83d"));

    [Test]
    public void OneLine_leaves_no_character_that_steers_anything([ValueSource(nameof(Steering))] char character) =>
        Assert.That(NeutralText.OneLine($"a{character}b"), Does.Not.Contain(character.ToString()));

    [Test]
    public void Everything_that_leaves_for_people_is_neutral()
    {
        var name = new string(Steering);
        using var result = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment(result, error, "/", name => name == "RAGSTUDIO_DEBUG" ? "1" : null);
        var output = new CommandOutput(environment, default);

        output.Warn(name);
        output.Write(
            new object(),
            display =>
            {
                display.Line(name);
                display.Table(
                    new TableContent(
                        ["Name"],
                        [
                            [name],
                        ]
                    )
                );
            }
        );
        output.Fail(new Failure(ExitCode.Unexpected, name), new InvalidOperationException(name));
        new CommandOutput(environment, new OutputStyle(Json: true, Quiet: true)).Fail(
            new Failure(ExitCode.Failed, name)
        );

        var breaks = new[] { '\n', '\r', '\t' };
        Assert.That(result.ToString().Intersect(Steering.Except(breaks)), Is.Empty);
        Assert.That(error.ToString().Intersect(Steering.Except(breaks)), Is.Empty);
        Assert.That(HtmlText.Encode(name).Intersect(Steering.Except(breaks)), Is.Empty);
        Assert.That(HtmlText.Encode("\u202e"), Does.Not.Contain("&#x202E"), "a reference turns the text too");
    }

    [Test]
    public void Json_is_the_same_document()
    {
        var text = new string(Steering) + "Größe";
        using var writer = new StringWriter();

        JsonOutput.Write(writer, new ErrorDocument(text, 1));

        Assert.That(
            JsonDocument.Parse(writer.ToString()).RootElement.GetProperty("error").GetString(),
            Is.EqualTo(text)
        );
        Assert.That(writer.ToString(), Does.Contain("Größe").And.Not.Contain("\u202e"));
    }

    [Test]
    public void An_error_that_quotes_a_value_is_told_without_it()
    {
        Exception error = Assert.Throws<FormatException>(() => DateTime.Parse("the secret"))!;
        using var told = new StringWriter();
        var environment = new CliEnvironment(told, told, "/", name => name == "RAGSTUDIO_DEBUG" ? "1" : null);

        new CommandOutput(environment, default).Fail(
            Failure.From(new InvalidOperationException("x", error), false),
            error
        );

        Assert.That(told.ToString(), Does.Contain("FormatException").And.Not.Contain("the secret"));
    }
}
