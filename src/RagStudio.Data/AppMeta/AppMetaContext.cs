using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data;

/// <summary>RAG Studio's own data: knowledge bases and their content, pipelines, tools, flows, settings.</summary>
/// <remarks>Stored in <c>app_meta.db</c>. Not thread-safe, like every <see cref="DbContext"/>.</remarks>
/// <param name="options">The options, which select the database and the connection settings.</param>
public sealed class AppMetaContext(DbContextOptions<AppMetaContext> options) : DbContext(options)
{
    /// <summary>The table <c>settings</c>.</summary>
    public DbSet<Setting> Settings => Set<Setting>();

    /// <summary>The table <c>knowledge_bases</c>.</summary>
    public DbSet<KnowledgeBase> KnowledgeBases => Set<KnowledgeBase>();

    /// <summary>The table <c>documents</c>.</summary>
    public DbSet<Document> Documents => Set<Document>();

    /// <summary>The table <c>document_chunks</c>.</summary>
    public DbSet<DocumentChunk> DocumentChunks => Set<DocumentChunk>();

    /// <summary>The table <c>pipelines</c>.</summary>
    public DbSet<Pipeline> Pipelines => Set<Pipeline>();

    /// <summary>The table <c>pipeline_runs</c>.</summary>
    public DbSet<PipelineRun> PipelineRuns => Set<PipelineRun>();

    /// <summary>The table <c>tools</c>.</summary>
    public DbSet<Tool> Tools => Set<Tool>();

    /// <summary>The table <c>schedules</c>.</summary>
    public DbSet<Schedule> Schedules => Set<Schedule>();

    /// <summary>The table <c>flows</c>.</summary>
    public DbSet<Flow> Flows => Set<Flow>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        StorageConventions.Apply(configurationBuilder, this);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder
            .UseStorageOf(this)
            .ApplyConfiguration(new SettingConfiguration())
            .ApplyConfiguration(new KnowledgeBaseConfiguration())
            .ApplyConfiguration(new DocumentConfiguration())
            .ApplyConfiguration(new DocumentChunkConfiguration())
            .ApplyConfiguration(new PipelineConfiguration())
            .ApplyConfiguration(new PipelineRunConfiguration())
            .ApplyConfiguration(new ToolConfiguration())
            .ApplyConfiguration(new ScheduleConfiguration())
            .ApplyConfiguration(new FlowConfiguration());
}
