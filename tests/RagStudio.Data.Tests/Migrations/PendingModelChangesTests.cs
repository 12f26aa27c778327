using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

public sealed class PendingModelChangesTests
{
    [TestCase(typeof(AppMetaContext))]
    [TestCase(typeof(EventsContext))]
    public void Migrations_describe_the_whole_model(Type contextType)
    {
        using var databases = new UnmigratedDatabases();
        using var context = databases.Open(contextType);

        Assert.That(context.Database.HasPendingModelChanges(), Is.False);
    }
}
