using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;

namespace RagStudio.Data.Packages.Tests;

/// <summary>Tests the content of the packages.</summary>
[TestFixture]
internal sealed class ContentTests
{
    private static readonly string[] Ids =
    [
        "RagStudio.Data",
        "RagStudio.Data.Cli",
        "RagStudio.Data.Migrator",
        "RagStudio.Data.Migrator.Sqlite",
        "RagStudio.Data.Migrator.PostgreSql",
        "RagStudio.Data.PostgreSql",
    ];

    /// <summary>The desktops and servers among the systems that .NET 10 supports.</summary>
    private static readonly string[] Platforms =
    [
        "linux-arm",
        "linux-arm64",
        "linux-musl-arm",
        "linux-musl-arm64",
        "linux-musl-x64",
        "linux-ppc64le",
        "linux-s390x",
        "linux-x64",
        "osx-arm64",
        "osx-x64",
        "win-arm64",
        "win-x64",
        "win-x86",
    ];

    [Test]
    public void Pack_makes_the_four_libraries_and_the_tool_and_nothing_else()
    {
        var expected = Ids.SelectMany(
            id => new[] { "nupkg", "snupkg" },
            (id, kind) => $"{id}.{PackedRepository.Version}.{kind}"
        );
        var found = Directory.EnumerateFiles(PackedRepository.Packages).Select(Path.GetFileName);
        Assert.That(found, Is.EquivalentTo(expected));
    }

    [TestCaseSource(nameof(Ids))]
    public void A_package_says_what_it_is(string id)
    {
        using var package = Open(id);
        var metadata = Metadata(package, id);
        string? Value(string name) => metadata.Element(metadata.Name.Namespace + name)?.Value;
        Assert.Multiple(() =>
        {
            Assert.That(Value("license"), Is.EqualTo("MIT"));
            Assert.That(Value("readme"), Is.EqualTo("README.md"));
            Assert.That(Value("icon"), Is.EqualTo("icon.png"));
            Assert.That(Value("projectUrl"), Is.EqualTo(PackedRepository.ProjectUrl));
            Assert.That(Value("tags"), Does.Contain("efcore").And.Contain("sqlite").And.Contain("migrations"));
            Assert.That(Value("description"), Is.Not.Empty.And.Not.EqualTo("Package Description"));
            Assert.That(package.GetEntry("README.md"), Is.Not.Null);
            Assert.That(package.GetEntry("icon.png"), Is.Not.Null);
        });
    }

    [TestCase("RagStudio.Data")]
    [TestCase("RagStudio.Data.Migrator")]
    [TestCase("RagStudio.Data.Migrator.Sqlite")]
    [TestCase("RagStudio.Data.Migrator.PostgreSql")]
    [TestCase("RagStudio.Data.PostgreSql")]
    public void A_library_is_its_assembly_and_its_documentation(string id)
    {
        using var package = Open(id);
        Assert.That(
            package
                .Entries.Select(entry => entry.FullName)
                .Where(name => name.StartsWith("lib/", StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml" })
        );
    }

    [TestCase("RagStudio.Data", "RagStudio.Data.Migrator.Sqlite")]
    [TestCase(
        "RagStudio.Data.Migrator",
        "Microsoft.EntityFrameworkCore.Relational",
        "Microsoft.Extensions.Diagnostics.HealthChecks",
        "Microsoft.Extensions.Hosting.Abstractions",
        "Microsoft.Extensions.Options.ConfigurationExtensions"
    )]
    [TestCase("RagStudio.Data.Migrator.Sqlite", "Microsoft.EntityFrameworkCore.Sqlite", "RagStudio.Data.Migrator")]
    [TestCase("RagStudio.Data.PostgreSql", "RagStudio.Data", "RagStudio.Data.Migrator.PostgreSql")]
    [TestCase("RagStudio.Data.Migrator.PostgreSql", "Npgsql.EntityFrameworkCore.PostgreSQL", "RagStudio.Data.Migrator")]
    public void A_library_brings_no_package_that_it_does_without(string id, params string[] packages)
    {
        using var package = Open(id);
        Assert.That(
            Metadata(package, id)
                .Descendants()
                .Where(element => element.Name.LocalName == "dependency")
                .Select(dependency => dependency.Attribute("id")!.Value),
            Is.EquivalentTo(packages)
        );
    }

    [Test]
    public void The_tool_comes_with_SQLite_for_every_system_that_runs_it_and_for_no_other()
    {
        using var package = Open("RagStudio.Data.Cli");
        using var description = package.GetEntry("tools/net10.0/any/ragstudio-db.deps.json")!.Open();
        var described = JsonDocument
            .Parse(description)
            .RootElement.GetProperty("targets")
            .EnumerateObject()
            .SelectMany(target => target.Value.EnumerateObject())
            .Where(library => library.Value.TryGetProperty("runtimeTargets", out _))
            .SelectMany(library => library.Value.GetProperty("runtimeTargets").EnumerateObject())
            .Select(file => "tools/net10.0/any/" + file.Name);
        string[] files =
        [
            .. package
                .Entries.Select(entry => entry.FullName)
                .Where(name => name.Contains("/runtimes/", StringComparison.Ordinal)),
        ];
        Assert.Multiple(() =>
        {
            Assert.That(files.Select(name => name.Split('/')[4]), Is.EquivalentTo(Platforms));
            Assert.That(described, Is.EquivalentTo(files), "what the host looks for");
        });
    }

    [TestCase("RagStudio.Data")]
    [TestCase("RagStudio.Data.Migrator")]
    [TestCase("RagStudio.Data.Migrator.Sqlite")]
    [TestCase("RagStudio.Data.Migrator.PostgreSql")]
    [TestCase("RagStudio.Data.PostgreSql")]
    public void A_library_comes_with_native_code_of_the_same_assembly(string id)
    {
        using var package = Open(id);
        var portable = PackedAssembly.Read(package.GetEntry($"lib/net10.0/{id}.dll")!);
        var native = package.GetEntry($"runtimes/{BuildFacts.RuntimeIdentifier}/lib/net10.0/{id}.dll");
        Assert.That(native, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(portable.HasNativeCode, Is.False);
            Assert.That(PackedAssembly.Read(native), Is.EqualTo(portable with { HasNativeCode = true }));
        });
    }

    private static ZipArchive Open(string id) =>
        ZipFile.OpenRead(Path.Combine(PackedRepository.Packages, $"{id}.{PackedRepository.Version}.nupkg"));

    private static XElement Metadata(ZipArchive package, string id)
    {
        using var stream = package.GetEntry(id + ".nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }
}
