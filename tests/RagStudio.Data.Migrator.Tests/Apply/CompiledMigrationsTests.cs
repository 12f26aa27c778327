using System.Text;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.Apply;

public sealed class CompiledMigrationsTests
{
    [TestCase("")]
    [TestCase("[]")]
    [TestCase("""{"format":1.5}""")]
    [TestCase("""{"format":2}""")]
    [TestCase("""{"format":1,"context":"C"}""")]
    [TestCase(
        """{"format":1,"context":"C","provider":"P","productVersion":"1","migrations":[{"up":[{"sql":"","suppressTransaction":"no"}]}]}"""
    )]
    public void A_file_that_is_none_of_the_known_format_is_told_as_such(string json) =>
        Assert.That(
            () => CompiledMigrations.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("the file of compiled migrations ")
        );
}
