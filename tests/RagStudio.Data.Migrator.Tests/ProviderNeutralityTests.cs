namespace RagStudio.Data.Migrator.Tests;

public sealed class ProviderNeutralityTests
{
    [Test]
    public void The_engine_references_no_provider()
    {
        var references = typeof(IMigrationManager).Assembly.GetReferencedAssemblies().Select(name => name.Name);

        Assert.That(references, Has.Some.EqualTo("Microsoft.EntityFrameworkCore.Relational"));
        Assert.That(references, Has.None.Contains("Sqlite").IgnoreCase.And.None.Contains("Npgsql").IgnoreCase);
    }
}
