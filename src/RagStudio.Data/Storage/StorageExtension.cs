using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data;

/// <summary>The provider of a context, as a part of its options.</summary>
internal sealed class StorageExtension(StorageProvider provider) : IDbContextOptionsExtension
{
    public StorageProvider Provider => provider;

    public DbContextOptionsExtensionInfo Info => new ProviderInfo(this);

    public void ApplyServices(IServiceCollection services) { }

    public void Validate(IDbContextOptions options) { }

    private sealed class ProviderInfo(StorageExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        // The model depends on it, and is kept for each collection of services.
        public override int GetServiceProviderHashCode() => extension.Provider.GetType().GetHashCode();

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is ProviderInfo info && ((StorageExtension)info.Extension).Provider == extension.Provider;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) { }
    }
}

internal static class StorageExtensions
{
    public static DbContextOptionsBuilder UseStorage(this DbContextOptionsBuilder builder, StorageProvider provider)
    {
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(new StorageExtension(provider));
        return builder;
    }
}
