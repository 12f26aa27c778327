using Microsoft.EntityFrameworkCore.Design;

namespace RagStudio.Data;

// Found by `dotnet ef`.
internal sealed class EventsContextFactory : IDesignTimeDbContextFactory<EventsContext>
{
    public EventsContext CreateDbContext(string[] args) =>
        new(DesignTimeDatabase.OptionsFor<EventsContext>(RagStudioDatabase.Events));
}
