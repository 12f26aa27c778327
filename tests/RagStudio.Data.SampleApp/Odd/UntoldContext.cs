using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.SampleApp;

/// <summary>Can be created only by its application.</summary>
public sealed class UntoldContext(DbContextOptions<UntoldContext> options, ITenant tenant) : DbContext(options)
{
    /// <summary>The tenant that the data belongs to.</summary>
    public string Tenant { get; } = tenant.Name;
}
