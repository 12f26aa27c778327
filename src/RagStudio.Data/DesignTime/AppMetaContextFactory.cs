using Microsoft.EntityFrameworkCore.Design;

namespace RagStudio.Data;

// Found by `dotnet ef`.
internal sealed class AppMetaContextFactory : IDesignTimeDbContextFactory<AppMetaContext>
{
    public AppMetaContext CreateDbContext(string[] args) =>
        new(DesignTimeDatabase.OptionsFor<AppMetaContext>(RagStudioDatabase.AppMeta));
}
