// Package serviceaccount has the name that the service account strategy uses; nothing here is admitted.
package serviceaccount

const EnforceMountableSecretsAnnotation = "kubernetes.io/enforce-mountable-secrets"
