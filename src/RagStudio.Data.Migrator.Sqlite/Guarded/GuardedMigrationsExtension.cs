using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.Sqlite.Guarded;

/// <summary>The arguments of <c>UseGuardedMigrations</c>.</summary>
internal sealed class GuardedMigrationsExtension(string? name, Action<MigrationOptions>? configure)
    : IDbContextOptionsExtension
{
    public string? Name { get; } = name;

    public Action<MigrationOptions>? Configure { get; } = configure;

    public DbContextOptionsExtensionInfo Info => new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services) { }

    public void Validate(IDbContextOptions options)
    {
        var provider = options.Extensions.FirstOrDefault(extension => extension.Info.IsDatabaseProvider);
        if (provider is not null && provider.GetType().Assembly != typeof(SqliteDbContextOptionsBuilder).Assembly)
        {
            throw new InvalidOperationException(
                $"UseGuardedMigrations protects SQLite databases, and this context uses {provider.GetType().Assembly.GetName().Name}. Call it only together with UseSqlite."
            );
        }
    }

    /// <summary>
    /// Declares that the extension adds no services, so every context shares one EF service provider.
    /// </summary>
    private sealed class ExtensionInfo(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using guarded migrations ";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) { }
    }
}
