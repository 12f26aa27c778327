using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// A model that is built on first use. A migration that creates tables, indexes and columns has all that its SQL needs
/// in its operations, while building its model takes longer than all the rest.
/// </summary>
[SuppressMessage(
    "Usage",
    "EF1001:Internal EF Core API usage.",
    Justification = "The interface has such a member. EF's minor version is fixed, and tests would tell."
)]
internal sealed class LazyModel(Func<IModel> build) : IModel
{
    private readonly Lazy<IModel> _model = new(build);

    private IModel Model => _model.Value;

    public Guid ModelId => Model.ModelId;

    public RuntimeModelDependencies? ModelDependencies
    {
        get => Model.ModelDependencies;
        set => Model.ModelDependencies = value!;
    }

    public object? this[string name] => Model[name];

    public IAnnotation? FindAnnotation(string name) => Model.FindAnnotation(name);

    public IEnumerable<IAnnotation> GetAnnotations() => Model.GetAnnotations();

    public IAnnotation? FindRuntimeAnnotation(string name) => Model.FindRuntimeAnnotation(name);

    public IEnumerable<IAnnotation> GetRuntimeAnnotations() => Model.GetRuntimeAnnotations();

    public IAnnotation AddRuntimeAnnotation(string name, object? value) => Model.AddRuntimeAnnotation(name, value);

    public IAnnotation SetRuntimeAnnotation(string name, object? value) => Model.SetRuntimeAnnotation(name, value);

    public IAnnotation? RemoveRuntimeAnnotation(string name) => Model.RemoveRuntimeAnnotation(name);

    public TValue GetOrAddRuntimeAnnotationValue<TValue, TArg>(
        string name,
        Func<TArg?, TValue> valueFactory,
        TArg? factoryArgument
    ) => Model.GetOrAddRuntimeAnnotationValue(name, valueFactory, factoryArgument);

    public ChangeTrackingStrategy GetChangeTrackingStrategy() => Model.GetChangeTrackingStrategy();

    public PropertyAccessMode GetPropertyAccessMode() => Model.GetPropertyAccessMode();

    public string GetEmbeddedDiscriminatorName() => Model.GetEmbeddedDiscriminatorName();

    public bool IsShared(Type type) => Model.IsShared(type);

    public bool IsIndexerMethod(MethodInfo methodInfo) => Model.IsIndexerMethod(methodInfo);

    public IEnumerable<ITypeMappingConfiguration> GetTypeMappingConfigurations() =>
        Model.GetTypeMappingConfigurations();

    public ITypeMappingConfiguration? FindTypeMappingConfiguration(Type scalarType) =>
        Model.FindTypeMappingConfiguration(scalarType);

    public IEnumerable<IEntityType> GetEntityTypes() => Model.GetEntityTypes();

    public IEntityType? FindEntityType(string name) => Model.FindEntityType(name);

    public IEntityType? FindEntityType(Type type) => Model.FindEntityType(type);

    public IEntityType? FindEntityType(string name, string definingNavigationName, IEntityType definingEntityType) =>
        Model.FindEntityType(name, definingNavigationName, definingEntityType);

    public IEnumerable<IEntityType> FindEntityTypes(Type type) => Model.FindEntityTypes(type);

    IEnumerable<IReadOnlyEntityType> IReadOnlyModel.GetEntityTypes() => GetEntityTypes();

    IReadOnlyEntityType? IReadOnlyModel.FindEntityType(string name) => FindEntityType(name);

    IReadOnlyEntityType? IReadOnlyModel.FindEntityType(Type type) => FindEntityType(type);

    IReadOnlyEntityType? IReadOnlyModel.FindEntityType(
        string name,
        string definingNavigationName,
        IReadOnlyEntityType definingEntityType
    ) => Model.FindEntityType(name, definingNavigationName, definingEntityType);

    IReadOnlyEntityType? IReadOnlyModel.FindEntityType(
        Type type,
        string definingNavigationName,
        IReadOnlyEntityType definingEntityType
    ) => Model.FindEntityType(type, definingNavigationName, definingEntityType);

    IEnumerable<IReadOnlyEntityType> IReadOnlyModel.FindEntityTypes(Type type) => FindEntityTypes(type);
}
