using System.Text.RegularExpressions;

namespace RagStudio.Data.Tests.Snippets;

public sealed class ReadmeTests
{
    private static readonly string[] Pages =
    [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "src/RagStudio.Data/README.md",
        "src/RagStudio.Data.Migrator/README.md",
        "src/RagStudio.Data.Migrator.Sqlite/README.md",
        "src/RagStudio.Data.Migrator.PostgreSql/README.md",
        "src/RagStudio.Data.PostgreSql/README.md",
        "tools/RagStudio.Data.Cli/README.md",
        .. Directory
            .EnumerateFiles(Path.Combine(Root(), "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root(), file)),
    ];

    [Test]
    public void Every_snippet_of_the_readme_and_the_docs_is_compiled()
    {
        var compiled =
            Compiled("ReadmeSnippets")
            + Compiled("GuideSnippets")
            + Compiled("ServerSnippets", "RagStudio.Data.Migrator.PostgreSql.Tests");
        var snippets = Pages.SelectMany(page => Snippets(Read(page))).ToArray();

        Assert.That(snippets, Has.Length.GreaterThanOrEqualTo(8));
        Assert.That(
            snippets.Select(Lines),
            Is.All.Matches<string>(lines => compiled.Contains(lines, StringComparison.Ordinal))
        );
    }

    [Test]
    public void Every_snippet_of_the_guide_compiles_with_the_usings_of_an_ordinary_application()
    {
        var compiled = Compiled("GuideSnippets");
        var snippets = Snippets(Read("docs/guarded-in-five-minutes.md")).Select(Lines).ToArray();

        Assert.That(snippets, Is.Not.Empty);
        Assert.That(snippets, Is.All.Matches<string>(lines => compiled.Contains(lines, StringComparison.Ordinal)));
        Assert.That(compiled, Does.Not.Contain("RagStudio"));
    }

    [TestCaseSource(nameof(Pages))]
    public void Every_link_within_the_repository_leads_somewhere(string page)
    {
        var links = Regex.Matches(Read(page), @"\]\(([^)\s]+)\)").Select(match => match.Groups[1].Value);
        var broken = links.Where(link => !link.Contains("://", StringComparison.Ordinal) && !Resolves(page, link));
        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void A_readme_of_a_package_has_no_links_which_would_break_outside_the_repository()
    {
        var links = Pages.Where(page => page.EndsWith("/README.md", StringComparison.Ordinal)).Select(Read);
        Assert.That(links, Has.Exactly(6).Items.And.None.Contains("]("));
    }

    private static string Compiled(string file, string project = "RagStudio.Data.Tests") =>
        Lines(Read($"tests/{project}/Snippets/{file}.cs"));

    private static bool Resolves(string page, string link)
    {
        var parts = link.Split('#');
        var file = Path.GetFullPath(
            parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]),
            Root()
        );
        return parts.Length == 1
            ? Path.Exists(file)
            : File.Exists(file) && Anchors(File.ReadAllText(file)).Contains(parts[1], StringComparer.Ordinal);
    }

    /// <summary>The anchors that GitHub generates for the headings.</summary>
    private static IEnumerable<string> Anchors(string markdown) =>
        Regex
            .Matches(markdown, "^#+ (.+)$", RegexOptions.Multiline)
            .Select(heading => Regex.Replace(heading.Groups[1].Value.Trim(), @"[^\w\- ]", ""))
            .Select(heading => heading.Replace(' ', '-').ToLowerInvariant());

    private static IEnumerable<string> Snippets(string markdown) =>
        markdown.Split("```csharp\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)]);

    /// <summary>The words in order: formatters break the lines of a page and of a file differently.</summary>
    private static string Lines(string text) => Regex.Replace(text, @"\s+", "");

    private static string Read(string page) => File.ReadAllText(Path.Combine(Root(), page));

    /// <summary>
    /// The repository's root: a build server's compiler does not record the real paths of source files.
    /// </summary>
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
