using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.SampleApp.Migrations;

/// <summary>Takes its options from a container, and has no factory.</summary>
public sealed class BareContext(DbContextOptions<BareContext> options) : DbContext(options);
