using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Guarded;

/// <summary>The arguments of <c>UseGuardedMigrations</c>.</summary>
internal sealed class GuardedMigrationsExtension(string? name, Action<MigrationOptions>? configure)
    : IDbContextOptionsExtension
{
    public string? Name { get; } = name;

    public Action<MigrationOptions>? Configure { get; } = configure;

    public DbContextOptionsExtensionInfo Info => new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services) { }

    /// <exception cref="InvalidOperationException">No provider is registered for the EF provider that the context uses.</exception>
    public void Validate(IDbContextOptions options) => GuardedProviders.Find(options);

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
