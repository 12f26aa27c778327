namespace RagStudio.Data.Tests.Snippets;

public sealed class ReadmeTests
{
    [Test]
    public void Every_snippet_of_the_readme_is_compiled()
    {
        var compiled = Lines(
            File.ReadAllText(Path.Combine(Root(), "tests/RagStudio.Data.Tests/Snippets/ReadmeSnippets.cs"))
        );
        var snippets = Snippets(File.ReadAllText(Path.Combine(Root(), "README.md"))).ToArray();

        Assert.That(snippets, Has.Length.GreaterThanOrEqualTo(4));
        Assert.That(
            snippets.Select(Lines),
            Is.All.Matches<string>(lines => compiled.Contains(lines, StringComparison.Ordinal))
        );
    }

    private static IEnumerable<string> Snippets(string markdown) =>
        markdown.Split("```csharp\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]);

    /// <summary>The lines without their indentation, which differs.</summary>
    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim())).Trim();

    /// <summary>The repository: a build server's compiler does not tell the real paths of source files.</summary>
    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RagStudio.Data.sln")))
        {
            folder =
                folder.Parent ?? throw new InvalidOperationException("The tests do not run within the repository.");
        }
        return folder.FullName;
    }
}
