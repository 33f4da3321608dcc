"""Classes of argosy.parts.risk_rule, and of what it judges by, for compiled plugins."""

from argosy.parts.risk_rule cimport RiskContext, RiskRule
from argosy.parts.route cimport Route
from argosy.model.accounts.account cimport Account
from argosy.model.money cimport Money
from argosy.model.orders.order cimport Order
from argosy.model.terms cimport Terms, terms_of
from argosy.model.values cimport Price, Quantity
from argosy.plug cimport abi
