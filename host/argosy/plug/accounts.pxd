"""Accounts and what they are calculated from, for compiled plugins."""

from argosy.model.accounts.account cimport Account
from argosy.model.accounts.stake cimport Stake
from argosy.model.cost cimport OpenCost
from argosy.model.money cimport Money
from argosy.model.powers cimport ten_to
from argosy.model.terms cimport Terms, same_currency, terms_of
from argosy.plug cimport abi
