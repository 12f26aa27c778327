using System.IO.Compression;
using System.Xml.Linq;

namespace RagStudio.Data.Packages.Tests;

/// <summary>What is in the packages.</summary>
[TestFixture]
internal sealed class ContentTests
{
    private static readonly string[] Ids =
    [
        "RagStudio.Data",
        "RagStudio.Data.Cli",
        "RagStudio.Data.Migrator",
        "RagStudio.Data.Migrator.Sqlite",
    ];

    [Test]
    public void Pack_makes_the_three_libraries_and_the_tool_and_nothing_else()
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
            Assert.That(Value("description"), Is.Not.Empty.And.Not.EqualTo("Package Description"));
            Assert.That(package.GetEntry("README.md"), Is.Not.Null);
            Assert.That(package.GetEntry("icon.png"), Is.Not.Null);
        });
    }

    [TestCase("RagStudio.Data")]
    [TestCase("RagStudio.Data.Migrator")]
    [TestCase("RagStudio.Data.Migrator.Sqlite")]
    public void A_library_comes_with_its_documentation(string id)
    {
        using var package = Open(id);
        Assert.Multiple(() =>
        {
            Assert.That(package.GetEntry($"lib/net10.0/{id}.dll"), Is.Not.Null);
            Assert.That(package.GetEntry($"lib/net10.0/{id}.xml"), Is.Not.Null);
        });
    }

    [TestCase("RagStudio.Data")]
    [TestCase("RagStudio.Data.Migrator")]
    [TestCase("RagStudio.Data.Migrator.Sqlite")]
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
